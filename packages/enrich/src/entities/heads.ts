/** Words around a name that are not part of it: titles of people, kinds of place, kinds of company. */
import { isMarked, type Word } from './words.ts';

/** Folded titles and forms of address; the words of one title are joined by a hyphen. */
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

/** Folded kinds of place before a place's own name. */
const PLACE_HEADS = phrases(
  'tinh thanh-pho tp thi-xa thi-tran huyen quan phuong xa thon ap ban lang khu-pho dac-khu tx tt thu-do dao quan-dao ban-dao vung ' +
    'song ho nui vinh cang san-bay san-van-dong cau cho duong pho quang-truong deo cua-khau bien ' +
    'province-de province-d province-du province ville-de ville-d ville district-de district-du district-d district arrondissement-de ' +
    'commune-de commune quartier-de region-de region-du departement-de departement-du departement-des departement-d ' +
    'iles-des iles ile-de ile-d ile capitale ' +
    'fleuve riviere mont lac golfe-de golfe-du baie-de baie-d port-de aeroport-de aeroport-international-de aeroport stade pont rue place detroit-de detroit-d ' +
    'city-of province-of district-of state-of town-of village-of commune-of republic-of kingdom-of etat-de etat-du state ' +
    'mount lake port-of gulf-of bay-of strait-of l la le les the d',
);
/** Vietnamese heads of one syllable that fold into other words: they count only with these tones. */
const HEAD_SPELLINGS: Record<string, readonly string[]> = {
  xa: ['xã', 'xa'],
  ap: ['ấp'],
  ban: ['bản'],
  lang: ['làng'],
  dao: ['đảo'],
  ho: ['hồ'],
  nui: ['núi'],
  vinh: ['vịnh'],
  cang: ['cảng'],
  cau: ['cầu'],
  cho: ['chợ'],
  duong: ['đường'],
  pho: ['phố'],
  deo: ['đèo'],
  bien: ['biển'],
  song: ['sông'],
  tinh: ['tỉnh', 'tinh'],
  quan: ['quận', 'quan'],
  phuong: ['phường', 'phuong'],
  huyen: ['huyện', 'huyen'],
  vung: ['vùng'],
};
/** Folded kinds of place after the name, as in English. */
const PLACE_TAILS = phrases(
  'province city district commune ward town township county prefecture oblast island islands region river lake bay gulf strait ' +
    'mountain airport international-airport stadium bridge street square state',
);

/** Place heads that name the place only together with it: `Quận 1` is not `1`. */
const NUMBERED = /^\d+$/;

/** Folded kinds of company and association, before or after the name. */
const ORGANISATION_HEADS = phrases(
  'tap-doan cong-ty-co-phan cong-ty-tnhh cong-ty-cp cong-ty ctcp cty tong-cong-ty to-chuc hang-thong-tan hang-tin hang-hang-khong ' +
    'tap-chi cau-lac-bo clb ngan-hang-tmcp phong-trao luc-luong tmcp mtv mot-thanh-vien bao hang nhom dai ' +
    'groupe societe compagnie entreprise organisation mouvement agence journal quotidien club le la les l the ' +
    'group company corporation organization movement newspaper',
);
const ORGANISATION_SPELLINGS: Record<string, readonly string[]> = {
  bao: ['báo'],
  hang: ['hãng'],
  nhom: ['nhóm'],
  dai: ['đài'],
};
const ORGANISATION_TAILS = phrases(
  'group company co corporation corp inc incorporated ltd limited llc plc jsc sa sas sarl gmbh ag nv holdings holding co-ltd ' +
    'organization organisation',
);

function phrases(list: string): Map<string, string[][]> {
  const byFirst = new Map<string, string[][]>();
  for (const phrase of list.split(/\s+/).filter((part) => part !== '')) {
    const words = phrase.split('-');
    const first = words[0] as string;
    byFirst.set(
      first,
      [...(byFirst.get(first) ?? []), words].sort((a, b) => b.length - a.length),
    );
  }
  return byFirst;
}

function headOf(
  words: readonly Word[],
  list: Map<string, string[][]>,
  spellings: Record<string, readonly string[]>,
): number {
  const first = words[0];
  if (!first) return 0;
  const found = list
    .get(first.folded)
    ?.find((phrase) => phrase.length < words.length && phrase.every((word, i) => words[i]?.folded === word));
  if (!found) return 0;
  const spelled = found.length === 1 ? spellings[first.folded] : undefined;
  return spelled && !spelled.includes(first.exact) ? 0 : found.length;
}

function tailOf(words: readonly Word[], list: Map<string, string[][]>): number {
  for (let length = 2; length > 0; length--) {
    const at = words.length - length;
    if (at < 1) continue;
    const phrases = list.get(words[at]?.folded as string) ?? [];
    if (phrases.some((phrase) => phrase.length === length && phrase.every((word, i) => words[at + i]?.folded === word)))
      return length;
  }
  return 0;
}

/** How many leading words of a person's name are titles (`bộ trưởng trần đại quang`: 2). Never all of them. */
export function titleLength(words: readonly Word[]): number {
  let at = 0;
  for (;;) {
    const length = headOf(words.slice(at), TITLES, {});
    if (length === 0) return at;
    const first = words[at]?.folded as string;
    if (length === 1 && TITLE_OR_NAME.has(first) && (words.length - at < 4 || at > 0)) return at;
    at += length;
  }
}

/** A place's own words, and the folded kind of place that stood before (`head`) or after them (`tail`), or ''. */
export type PlaceName = { words: Word[]; head: string; tail: string };

/** Takes kinds of place off a place's name; a bare number keeps its head (`quận 1`). */
export function placeName(words: readonly Word[]): PlaceName {
  const length = headOf(words, PLACE_HEADS, HEAD_SPELLINGS);
  if (length > 0 && !NUMBERED.test(words[length]?.folded as string)) {
    return {
      words: words.slice(length),
      head: words
        .slice(0, length)
        .map((word) => word.folded)
        .join(' '),
      tail: '',
    };
  }
  const tail = tailOf(words, PLACE_TAILS);
  const own = words.slice(0, words.length - tail);
  return {
    words: own,
    head: '',
    tail: words
      .slice(own.length)
      .map((word) => word.folded)
      .join(' '),
  };
}

/** An organisation's own words, without the kinds of company or association around it. */
export function withoutOrganisationHead(words: readonly Word[]): Word[] {
  let rest = [...words];
  for (;;) {
    const head = headOf(rest, ORGANISATION_HEADS, ORGANISATION_SPELLINGS);
    const tail = head > 0 ? 0 : endsMarked(rest) ? 0 : tailOf(rest, ORGANISATION_TAILS);
    if (head + tail === 0) return rest;
    rest = rest.slice(head, rest.length - tail);
  }
}

/** Kinds of company after a name are English or French words: a last word with Vietnamese tones is none of them. */
function endsMarked(words: readonly Word[]): boolean {
  const last = words.at(-1);
  return last !== undefined && isMarked(last);
}
