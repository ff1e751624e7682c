/** Languages told from one or two sentences. */
import { expect, test } from 'vitest';
import { detectLanguage } from './language.ts';

test.each([
  ['vi', 'Hôm nay, thành phố đã công bố kế hoạch xây dựng ba cây cầu mới trong năm tới.'],
  ['fr', 'La ville a annoncé mardi la construction de trois nouveaux ponts dans les années à venir.'],
  ['en', 'The city announced on Tuesday that three new bridges will be built in the coming years.'],
  ['de', 'Die Stadt hat am Dienstag angekündigt, dass in den nächsten Jahren drei neue Brücken gebaut werden.'],
  ['es', 'La ciudad anunció el martes que se construirán tres nuevos puentes en los próximos años.'],
  ['pt', 'A cidade anunciou na terça-feira que três novas pontes serão construídas nos próximos anos.'],
  ['it', 'La città ha annunciato martedì che nei prossimi anni saranno costruiti tre nuovi ponti.'],
  ['nl', 'De stad heeft dinsdag aangekondigd dat er in de komende jaren drie nieuwe bruggen worden gebouwd.'],
  ['pl', 'Miasto ogłosiło we wtorek, że w najbliższych latach powstaną trzy nowe mosty na rzece.'],
  ['ru', 'Город объявил во вторник, что в ближайшие годы будут построены три новых моста через реку.'],
  ['uk', 'Місто оголосило у вівторок, що в найближчі роки буде збудовано три нові мости через річку.'],
  ['zh', '市政府星期二宣布，未来几年将在河上修建三座新桥。'],
  ['ja', '市は火曜日、今後数年間で新しい橋を三つ建設すると発表しました。'],
  ['ko', '시는 화요일 앞으로 몇 년 동안 새로운 다리 세 개를 건설한다고 발표했다.'],
  ['ar', 'أعلنت المدينة يوم الثلاثاء أنها ستبني ثلاثة جسور جديدة خلال السنوات المقبلة على النهر.'],
  ['fa', 'شهرداری روز سه شنبه اعلام کرد که در سال های آینده سه پل جدید بر روی رودخانه ساخته می شود.'],
  [
    'tr',
    'Belediye salı günü yaptığı açıklamada önümüzdeki yıllarda üç yeni köprü inşa edileceğini bildirdi ve bunun için bütçe ayrıldı.',
  ],
  [
    'id',
    'Pemerintah kota mengumumkan pada hari Selasa bahwa tiga jembatan baru akan dibangun dalam beberapa tahun ke depan.',
  ],
  ['cs', 'Město v úterý oznámilo, že v příštích letech budou přes řeku postaveny tři nové mosty.'],
  ['el', 'Ο δήμος ανακοίνωσε την Τρίτη ότι τα επόμενα χρόνια θα κατασκευαστούν τρεις νέες γέφυρες.'],
  ['sv', 'Staden meddelade på tisdagen att tre nya broar ska byggas över ån under de kommande åren.'],
])('%s: %s', (lang, text) => {
  expect(detectLanguage(text).lang).toBe(lang);
});

test.each([[''], ['123 456'], ['...']])('of %j no language is told', (text) => {
  expect(detectLanguage(text)).toEqual({ lang: null, confidence: 0 });
});
