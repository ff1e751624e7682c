/** Words before a name that are not part of it: titles of people, kinds of place, kinds of company. */
import { nameWords } from './words.ts';

/** Folded titles and forms of address, longest match first. */
const TITLES = phrases(
  'ong ba anh chi co chu bac em chau cu thay cuu tan dong-chi ngai duc duc-ong ' +
    'tong-thong thu-tuong pho-thu-tuong chu-tich pho-chu-tich chu-tich-nuoc pho-chu-tich-nuoc tong-bi-thu bi-thu pho-bi-thu ' +
    'bo-truong thu-truong ngoai-truong truong-ban pho-ban tong-thu-ky thu-ky dai-su tong-lanh-su lanh-su giam-doc ' +
    'pho-giam-doc tong-giam-doc pho-tong-giam-doc cuc-truong pho-cuc-truong vu-truong chanh-an vien-truong ' +
    'dai-tuong thuong-tuong trung-tuong thieu-tuong do-doc dai-ta thuong-ta trung-ta thieu-ta dai-uy thuong-uy trung-uy ' +
    'thieu-uy thuong-si trung-si ha-si giao-su pho-giao-su tien-si thac-si ky-su luat-su bac-si y-si nha-bao nha-van nha-tho ' +
    'nhac-si ca-si dien-vien nghe-si nsnd nsut huan-luyen-vien hlv tien-dao thu-mon cau-thu hau-ve tien-ve trung-ve ' +
    'nu-hoang quoc-vuong nha-vua hoang-tu cong-chua thai-tu hoa-thuong thuong-toa giao-hoang hong-y giam-muc linh-muc ' +
    'ty-phu doanh-nhan ts ths pgs gs gs-ts pgs-ts bs ls ks lm ' +
    'monsieur madame mademoiselle messieurs m mm mme mlle me maitre docteur dr professeur pr president presidente ' +
    'vice-president vice-presidente premier-ministre premiere-ministre vice-premier-ministre ministre vice-ministre ' +
    'secretaire-general ambassadeur ambassadrice general colonel commandant capitaine lieutenant sergent amiral marechal ' +
    'roi reine prince princesse pape cardinal eveque abbe pere soeur juge senateur depute maire gouverneur directeur ' +
    'directrice camarade ' +
    'mr mrs ms miss sir lady lord prof professor doctor prime-minister deputy-prime-minister minister deputy-minister ' +
    'secretary-general secretary ambassador chairman chairwoman chairperson senator congressman congresswoman judge justice ' +
    'governor mayor king queen pope bishop archbishop saint captain major admiral marshal comrade coach sheikh',
);

/** Titles that are also part of names: removed only at the start and before three or more other words. */
const TITLE_OR_NAME = new Set(
  'ba anh chi co chu bac em chau cu thay tan duc king prince abbe roi marechal major pope bishop judge pere general lord saint'.split(
    ' ',
  ),
);

/** Folded kinds of place that stand before or after a place's own name. */
const PLACE_HEADS = phrases(
  'tinh thanh-pho tp thi-xa thi-tran huyen quan phuong xa thon ap ban lang khu-pho dac-khu tx tt thu-do dao quan-dao ban-dao song bang vung ' +
    'province-de province-d province-du ville-de ville-d ville district-de district-du district arrondissement-de commune-de quartier-de ' +
    'region-de region-du departement-de departement-du departement-des iles ile-de ile la-province-de la-ville-de capitale ' +
    'city-of province-of district-of state-of town-of village-of commune-of republic-of kingdom-of etat-de etat-du',
);
const PLACE_TAILS = phrases(
  'province city district commune ward town township county prefecture oblast island islands region',
);

/** Place heads that name the place only together with it: `Quận 1` is not `1`. */
const NUMBERED = /^\d+$/;

/** Folded kinds of company and association, before or after the name. */
const ORGANISATION_HEADS = phrases(
  'tap-doan cong-ty-co-phan cong-ty-tnhh cong-ty-cp cong-ty ctcp cty tong-cong-ty to-chuc hang-thong-tan hang-tin hang-hang-khong ' +
    'tap-chi cau-lac-bo clb ngan-hang-tmcp phong-trao luc-luong tmcp mtv mot-thanh-vien ' +
    'groupe societe compagnie entreprise organisation mouvement agence journal quotidien club le la les l the ' +
    'group company corporation organization movement newspaper',
);
const ORGANISATION_TAILS = phrases(
  'group company co corporation corp inc incorporated ltd limited llc plc jsc sa sas sarl gmbh ag nv holdings holding co-ltd organization organisation jsc',
);

function phrases(list: string): string[][] {
  return list
    .split(/\s+/)
    .filter((phrase) => phrase !== '')
    .map((phrase) => phrase.split('-'))
    .sort((a, b) => b.length - a.length);
}

function startsWith(words: readonly string[], phrase: readonly string[]): boolean {
  return phrase.length < words.length && phrase.every((word, i) => words[i] === word);
}

function endsWith(words: readonly string[], phrase: readonly string[]): boolean {
  const offset = words.length - phrase.length;
  return offset > 0 && phrase.every((word, i) => words[offset + i] === word);
}

/** How many leading folded words of a person's name are titles (`bo truong tran dai quang`: 2). Never all of them. */
export function titleLength(words: readonly string[]): number {
  let at = 0;
  for (;;) {
    const rest = words.slice(at);
    const title = TITLES.find((phrase) => startsWith(rest, phrase));
    if (!title) return at;
    if (title.length === 1 && TITLE_OR_NAME.has(title[0] as string) && (rest.length < 4 || at > 0)) return at;
    at += title.length;
  }
}

/** Removes kinds of place around a place's own name; a bare number keeps its head (`quan 1`). */
export function withoutPlaceHead(words: readonly string[]): string[] {
  const head = PLACE_HEADS.find((phrase) => startsWith(words, phrase));
  if (head && !NUMBERED.test(words[head.length] as string)) return words.slice(head.length);
  const tail = PLACE_TAILS.find((phrase) => endsWith(words, phrase));
  return tail ? words.slice(0, words.length - tail.length) : [...words];
}

/** Kinds of organisation of one syllable: read with their tones, for `bảo`, `hàng`, `đại` begin other names. */
const MARKED_HEAD = /^(?:báo|hãng|nhóm|đài)\s+(?=\S)/iu;

/** The folded words of an organisation's own name, without the kinds of company or association around it. */
export function withoutOrganisationHead(name: string): string[] {
  let rest = nameWords(name.normalize('NFC').replace(MARKED_HEAD, ''));
  for (;;) {
    const head = ORGANISATION_HEADS.find((phrase) => startsWith(rest, phrase));
    const tail = head ? undefined : ORGANISATION_TAILS.find((phrase) => endsWith(rest, phrase));
    if (head) rest = rest.slice(head.length);
    else if (tail) rest = rest.slice(0, rest.length - tail.length);
    else return rest;
  }
}
