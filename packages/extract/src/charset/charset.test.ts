/** Bytes of many charsets, labelled rightly, wrongly, or not at all. */
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { decode, repairTwiceEncoded } from './charset.ts';
import { charsetOfMeta } from './charset-declared.ts';

const VIETNAMESE =
  'Hội nghị cấp cao đã khai mạc sáng nay tại thủ đô. Các đại biểu thảo luận về biến đổi khí hậu, nguồn nước và những thách thức của vùng đồng bằng. Ông Lê Văn Đức phát biểu: chúng ta phải hành động ngay.';
const FRENCH =
  'La préfète a reçu les élus : « Où en est-on à Évreux ? » Le cœur du débat, c’est l’été où tout a commencé.';

/** Windows-1258 writes tones as combining marks after the base letter. */
function windows1258(text: string): Buffer {
  const spelled = [...text]
    .map((char) => {
      const direct = iconv.encode(char, 'windows-1258');
      if (direct[0] !== 0x3f || char === '?') return char;
      const parts = char.normalize('NFD');
      const base = parts.slice(0, -1).normalize('NFC');
      if (iconv.encode(base, 'windows-1258').includes(0x3f)) {
        const [letter, ...marks] = parts;
        const tone = marks.find((mark) => '\u0300\u0301\u0303\u0309\u0323'.includes(mark)) ?? '';
        const rest = marks.filter((mark) => mark !== tone).join('');
        return `${letter}${rest}`.normalize('NFC') + tone;
      }
      return base + (parts.at(-1) ?? '');
    })
    .join('');
  return iconv.encode(spelled, 'windows-1258');
}

test.each<[string, Buffer, string]>([
  ['UTF-8', Buffer.from(VIETNAMESE), 'utf-8'],
  ['UTF-8 decomposed', Buffer.from(VIETNAMESE.normalize('NFD')), 'utf-8'],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${VIETNAMESE}`), 'utf-8'],
  ['UTF-16 with a mark', iconv.encode(VIETNAMESE, 'utf-16le', { addBOM: true }), 'utf-16le'],
  ['windows-1258', windows1258(VIETNAMESE), 'windows-1258'],
  ['TCVN3', iconv.encode(VIETNAMESE, 'tcvn'), 'tcvn3'],
  ['VISCII', iconv.encode(VIETNAMESE, 'viscii'), 'viscii'],
])('Vietnamese in unlabelled %s is read', (_, bytes, charset) => {
  expect(decode(bytes)).toEqual({ text: VIETNAMESE, charset });
});

test.each(['windows-1252', 'iso-8859-1'])('French in windows-1252 labelled %s is read', (label) => {
  expect(decode(iconv.encode(FRENCH, 'windows-1252'), `text/html; charset=${label}`).text).toBe(FRENCH);
});

test('French in unlabelled windows-1252 is not taken for Vietnamese', () => {
  expect(decode(iconv.encode(FRENCH, 'windows-1252')).text).toBe(FRENCH);
});

test('UTF-8 that the header calls ISO-8859-1 is read as UTF-8', () => {
  expect(decode(Buffer.from(FRENCH), 'text/html; charset=iso-8859-1')).toEqual({ text: FRENCH, charset: 'utf-8' });
});

test('UTF-8 that was encoded twice is repaired', () => {
  const twice = new TextDecoder('windows-1252').decode(Buffer.from(VIETNAMESE));
  expect(repairTwiceEncoded(twice)).toBe(VIETNAMESE);
  expect(decode(Buffer.from(twice)).text).toBe(VIETNAMESE);
});

test.each([
  ['windows-1251', 'Президент подписал закон о новых правилах для рек и озер, сообщили в пресс-службе'],
  ['koi8-r', 'Президент подписал закон о новых правилах для рек и озер, сообщили в пресс-службе'],
  ['gb18030', '中国的经济在今年上半年有了新的发展，这是我们大家都看到的。'],
  ['shift_jis', 'きょうの東京は晴れで、最高気温は二十度になる見込みです。'],
  ['euc-kr', '오늘 서울의 날씨는 맑고 낮 최고 기온은 이십 도로 예상됩니다.'],
])('unlabelled %s is told by how it reads', (charset, text) => {
  expect(decode(iconv.encode(text, charset)).text).toBe(text);
});

test.each([
  ['<meta charset=utf-8>', 'utf-8'],
  ['<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">', 'iso-8859-2'],
  ['<!-- <meta charset=euc-jp> --><meta charset="koi8-r">', 'koi8-r'],
  ['<meta name="description" content="charset=euc-jp">', null],
  ['<meta charset="utf-16">', 'utf-8'],
  ['<meta charset="no-such-charset">', null],
])('the prescan of %s', (html, charset) => {
  expect(charsetOfMeta(Buffer.from(`${html}<p>x</p>`))).toBe(charset);
});
