import { describe, expect, test } from 'vitest';
import { keywordsOf } from './keywords.ts';
import { summaryOf } from './summary.ts';

const VI = `Sáng 12/4, tòa án thành phố mở phiên xét xử vụ buôn lậu ngà voi qua cảng Tiên Sa. Theo cáo trạng, nhóm buôn lậu ngà voi đã đưa bốn container gỗ có giấu ngà voi châu Phi vào cảng. Hải quan phát hiện lô hàng nhờ máy soi container đặt ở cổng cảng. Phiên xét xử dự kiến kéo dài ba ngày, vụ buôn lậu ngà voi có mười hai bị cáo. Máy soi container được lắp từ năm ngoái. Ảnh: Lê Hà.`;
const FR = `Le tribunal de Marseille juge depuis lundi un réseau de trafic d'anguilles. Les enquêteurs estiment que le trafic d'anguilles rapportait deux millions d'euros par an. La pêche des jeunes anguilles est interdite hors quota depuis 2010. Le procès doit durer une semaine. Le réseau de trafic d'anguilles expédiait ses prises dans des valises.`;

describe('keywords', () => {
  test.each([
    ['Vietnamese', VI, 'vi', ['ngà voi', 'máy soi container']],
    ['French', FR, 'fr', ["trafic d'anguilles"]],
  ])('of a %s text are the phrases that it returns to', (_what, text, lang, wanted) => {
    const found = keywordsOf({ title: null, text, lang }).join(' | ').toLowerCase();
    for (const phrase of wanted) expect(found).toContain(phrase);
  });

  test('name no piece of a word: the syllable before or after always stands there too', () => {
    const text = 'Tội phạm mạng tăng. Tội phạm mạng đe dọa mọi người. Chống tội phạm mạng là việc chung.';
    expect(keywordsOf({ title: null, text, lang: 'vi' })).not.toContain('phạm mạng');
  });

  test('leave names to the entities', () => {
    const text = 'Nguyễn Văn Bình đến Huế. Nguyễn Văn Bình thăm trường học. Trường học mới mở ở Huế.';
    const spans = [...text.matchAll(/Nguyễn Văn Bình|Huế/g)].map(({ index, 0: it }) => ({
      start: index,
      end: index + it.length,
    }));
    expect(keywordsOf({ title: null, text, lang: 'vi', mentions: spans }).join(' ')).not.toMatch(/bình|huế/i);
  });

  test('of nothing are none', () => {
    expect(keywordsOf({ title: null, text: '', lang: null })).toEqual([]);
  });
});

describe('a summary', () => {
  test('is two whole sentences of the text, in their order, and no caption', () => {
    const found = summaryOf(VI, 'vi').map(({ start, end }) => VI.slice(start, end));
    expect(found).toHaveLength(2);
    expect(found[0]).toMatch(/^Sáng 12\/4/);
    for (const sentence of found) expect(sentence).toMatch(/\.$/);
    expect(found.join(' ')).not.toContain('Ảnh');
  });

  test('does not say the same twice', () => {
    const text = `${'Giá xăng tăng mạnh từ chiều nay tại các cửa hàng trên cả nước. '.repeat(3)}Bộ Công Thương sẽ trích quỹ bình ổn để giữ giá dầu cho ngư dân miền Trung.`;
    const found = summaryOf(text, 'vi').map(({ start, end }) => text.slice(start, end));
    expect(found[1]).toContain('Bộ Công Thương');
  });

  test.each([
    ['', 'vi'],
    ['Ảnh: AFP', null],
    ['no end and no length', 'en'],
  ])('of %j is empty', (text, lang) => {
    expect(summaryOf(text, lang)).toEqual([]);
  });
});
