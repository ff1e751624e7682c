/** Month names, relative words and zone names of the languages whose dates are read. */

/**
 * Month names and abbreviations by month, full forms and those found on news pages (CLDR 44 month tables, both the
 * formatting and the stand-alone forms). Lower case, without dots.
 */
const MONTHS: readonly string[] = [
  'january jan janv janvier enero ene januar jän jänner jänn januari janeiro gennaio genn gen stycznia styczeń sty января январь янв січня січень січ ocak oca يناير كانون\u00a0الثاني جانفي leden ledna led ιανουαρίου ιανουάριος ιαν tammikuu tammikuuta tammi január janu ianuarie ian siječnja sijecanj јануар janvāris janv sausio januára януари yanvar जनवरी জানুয়ারি มกราคม ม.ค gener urtarrila ゥ1月 ינואר בינואר',
  'february feb févr fév fevrier février febrero febr februar februari fevereiro fev febbraio febb lutego luty lut февраля февраль февр фев лютого лютий лют şubat şub فبراير شباط فيفري únor února úno φεβρουαρίου φεβρουάριος φεβ helmikuu helmikuuta helmi február februarie veljače februāris vasario február pebruari peb фебруар февруари फ़रवरी ফেব্রুয়ারি กุมภาพันธ์ febrer subat פברואר בפברואר',
  'march mar mars marzo märz mrz maart mrt março marca marzec марта март мар березня березень бер mart مارس آذار březen března bře μαρτίου μάρτιος μάρ μαρ maaliskuu maaliskuuta maalis március márc martie ožujka marts kovo marec maret март मार्च মার্চ มีนาคม març מרץ במרץ',
  'april apr avr avril abril abr aprile kwietnia kwiecień kwi апреля апрель апр квітня квітень квіт nisan nis أبريل ابريل نيسان أفريل duben dubna dub απριλίου απρίλιος απρ huhtikuu huhtikuuta huhti április ápr aprilie travnja aprīlis balandžio apríl април अप्रैल এপ্রিল เมษายน кві אפריל באפריל',
  'may mai mayo maio maggio mag mei maja maj мая май травня травень трав mayıs مايو أيار ماي květen května kvě μαΐου μάιος μαι toukokuu toukokuuta touko május máj svibnja maijs gegužės мај मई মে พฤษภาคม maig mayis тра מאי במאי',
  'june jun juin junio juni junho giugno giu czerwca czerwiec cze июня июнь июн червня червень черв haziran haz يونيو حزيران جوان červen června čvn ιουνίου ιούνιος ιουν kesäkuu kesäkuuta kesä június jún iunie iun lipnja jūnijs birželio јун юни जून জুন มิถุนายน juny чер יוני ביוני',
  'july jul juil juillet julio juli julho luglio lug lipca lipiec lip июля июль июл липня липень temmuz tem يوليو تموز جويلية červenec července čvc ιουλίου ιούλιος ιουλ heinäkuu heinäkuuta heinä július júl iulie iul srpnja jūlijs liepos јул юли जुलाई জুলাই กรกฎาคม juliol лип יולי ביולי',
  'august aug août aout agosto ago augustus agust agustus agt sierpnia sierpień sie августа август авг серпня серпень серп ağustos ağu أغسطس اغسطس آب أوت srpen srpna srp αυγούστου αύγουστος αυγ elokuu elokuuta elo augusztus kolovoza augusts rugpjūčio avgust अगस्त আগস্ট สิงหาคม agost agustos сер אוגוסט באוגוסט',
  'september sept sep septembre septiembre set setiembre setembro settembre sett września wrzesień wrz сентября сентябрь сент сен вересня вересень вер eylül eyl سبتمبر أيلول září zář σεπτεμβρίου σεπτέμβριος σεπτ σεπ syyskuu syyskuuta syys szeptember szept septembrie rujna septembris rugsėjo септембар септември सितंबर সেপ্টেম্বর กันยายน setembre eylul ספטמבר בספטמבר',
  'october oct octobre octubre oktober okt outubro out ottobre ott października październik paź октября октябрь окт жовтня жовтень жовт ekim eki أكتوبر اكتوبر تشرين\u00a0الأول říjen října říj οκτωβρίου οκτώβριος οκτ lokakuu lokakuuta loka október octombrie listopada oktobris spalio октобар октомври अक्टूबर অক্টোবর ตุลาคม жов אוקטובר באוקטובר',
  'november nov novembre noviembre novembro listopad лис ноября ноябрь нояб ноя листопада листопад kasım kas نوفمبر تشرين\u00a0الثاني listopadu νοεμβρίου νοέμβριος νοε νοέ marraskuu marraskuuta marras novembra noiembrie noi studenoga novembris lapkričio новембар ноември नवंबर নভেম্বর พฤศจิกายน kasim נובמבר בנובמבר',
  'december dec décembre decembre déc diciembre dic dezember dez dezembro dicembre desember des grudnia grudzień gru декабря декабрь дек грудня грудень груд aralık ara ديسمبر كانون\u00a0الأول prosinec prosince pro δεκεμβρίου δεκέμβριος δεκ joulukuu joulukuuta joulu dezembru decembra decembrie prosinca decembris gruodžio децембар декември दिसंबर ডিসেম্বর ธันวาคม desembre aralik гру דצמבר בדצמבר',
];

const MONTH_OF = new Map<string, number>();
MONTHS.forEach((names, at) => {
  for (const name of names.split(' ')) if (!MONTH_OF.has(name)) MONTH_OF.set(name, at + 1);
});
// `listopada` is November in Polish and Czech, October only in Croatian; the larger languages win.
MONTH_OF.set('listopada', 11);

/** The month (1 to 12) a word names in any of the languages, or null. Case and a final dot do not matter. */
export function monthOf(word: string): number | null {
  // The capital dotted İ becomes two characters in lower case.
  const key = word.toLowerCase().replace(/\u0307|\.+$/g, '');
  return MONTH_OF.get(key) ?? null;
}

/** Months of the Persian (Solar Hijri) calendar, which Iranian pages use. */
export const PERSIAN_MONTHS = [
  'فروردین',
  'اردیبهشت',
  'خرداد',
  'تیر',
  'مرداد',
  'شهریور',
  'مهر',
  'آبان',
  'آذر',
  'دی',
  'بهمن',
  'اسفند',
];

/** Offsets of zone abbreviations in minutes, as news pages use them (`CST` as in the United States). */
export const ZONES: Record<string, number> = {
  z: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  west: 60,
  bst: 60,
  cet: 60,
  mez: 60,
  cest: 120,
  mesz: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  ist: 330,
  ict: 420,
  wib: 420,
  wita: 480,
  wit: 540,
  sgt: 480,
  hkt: 480,
  jst: 540,
  kst: 540,
  aest: 600,
  aedt: 660,
  est: -300,
  edt: -240,
  et: -300,
  cst: -360,
  cdt: -300,
  ct: -360,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  pt: -480,
  brt: -180,
  art: -180,
};

export type Unit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
/** Milliseconds of each relative unit; months and years by their mean length. */
export const UNIT_MS: Record<Unit, number> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 30.44 * 86_400_000,
  year: 365.25 * 86_400_000,
};

const UNITS: Record<Unit, string> = {
  minute:
    'minute minutes min mins m minuten minuut minuto minutos minut minuta minuty minuti phút минут минуты минуту хвилин хвилини хвилину minutę dakika dk menit دقيقة دقائق 分钟 分鐘 分 분 minuter λεπτά',
  hour: 'hour hours hr hrs h stunde stunden std heure heures hora horas ora ore uur uren godzin godzina godziny godzinę godz час часа часов год години годин годину giờ saat jam ساعة ساعات 小时 小時 時間 시간 timmar tim ώρες hodin',
  day: 'day days d tag tage tagen jour jours día días dia dias giorno giorni dag dagen dzień dni день дня дней дні днів ngày gün hari يوم أيام 天 日 일 dagar ημέρες dny',
  week: 'week weeks w wk wks woche wochen semaine semaines semana semanas settimana settimane weken tydzień tygodnie tygodni неделя недели недель тиждень тижні tuần hafta minggu أسبوع 周 週間 주 veckor',
  month:
    'month months monat monate monaten mois mes meses mese mesi maand maanden miesiąc miesiące miesięcy месяц месяца месяцев місяць місяці місяців tháng ay bulan شهر 个月 個月 ヶ月 개월 månader',
  year: 'year years yr yrs y jahr jahre jahren an ans año años anno anni ano anos jaar rok lata lat год года лет рік năm yıl tahun سنة 年 년 år',
};
const UNIT_OF = new Map<string, Unit>();
for (const unit of Object.keys(UNITS) as Unit[])
  for (const word of UNITS[unit].split(' ')) if (!UNIT_OF.has(word)) UNIT_OF.set(word, unit);

/** The unit a word of a relative time names, or null. */
export function unitOf(word: string): Unit | null {
  return UNIT_OF.get(word.toLowerCase().replace(/\.$/, '')) ?? null;
}

/** What may stand between a date and its time: a weekday, or the word for year. */
export const WEEKDAY =
  '(?:mon|tues?|wednes|wed|thurs?|fri|satur|sat|sun)(?:day)?|(?:mo|diens|donners|frei|sams|sonn)(?:n?tag)|mittwoch|sonnabend|' +
  '(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|' +
  '(?:lune|marte|mercole|giove|vener)dì|sabato|domenica|(?:maan|dins|woens|donder|vrij|zater|zon)dag|poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela|' +
  'понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|понеділок|вівторок|середа|п.ятниця|субота|неділя|pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar|' +
  'senin|selasa|rabu|kamis|jumat|sabtu|minggu|(?:thứ|chủ)\\s+\\p{L}+|星期[一二三四五六日天]|[周週][一二三四五六日]|[月火水木金土日](?:曜日?)?|[월화수목금토일](?:요일)?|' +
  'г(?:ода?)?|р(?:оку)?';

/** Words for today (0) and yesterday (1), in days before the fetch. */
export const DAY_WORDS: readonly [RegExp, number][] = [
  [
    /(?<!\p{L})(?:today|aujourd['’]hui|heute|hoy|hoje|oggi|vandaag|dziś|dzisiaj|сегодня|сьогодні|hôm nay|bugün|hari ini|اليوم|今天|今日|오늘|idag|i dag|σήμερα|dnes)(?!\p{L})/iu,
    0,
  ],
  [
    /(?<!\p{L})(?:yesterday|hier|gestern|ayer|ontem|ieri|gisteren|wczoraj|вчера|вчора|hôm qua|dün|kemarin|أمس|昨天|昨日|어제|igår|i går|χθες|včera)(?!\p{L})/iu,
    1,
  ],
];
/** Words for one, of a relative time written out. */
export const ONE_WORDS = 'an?|one|ein(?:e[mnr]?)?|une?|una|uma|um|een|bir|satu|một|один|одну|одна|jedn[aą]';
/** Arabic words for two of a unit. */
export const PAIR_WORDS: ReadonlyMap<string, Unit> = new Map([
  ['دقيقتين', 'minute'],
  ['ساعتين', 'hour'],
  ['يومين', 'day'],
  ['أسبوعين', 'week'],
  ['شهرين', 'month'],
]);
/** Words before or after a number and a unit that make it a time in the past. */
export const AGO_BEFORE = /(?:il y a(?: environ)?|vor|hace|há|cerca de|πριν(?: από)?|cách đây|قبل|منذ|před)\s*$/iu;
export const AGO_AFTER =
  /^\s*(?:ago|geleden|fa|atrás|temu|назад|тому|trước|önce|lalu|yang lalu|前|전|sedan|siden|以前)(?![\p{Script=Latin}\p{Script=Cyrillic}])/iu;
