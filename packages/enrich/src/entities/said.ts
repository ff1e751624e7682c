/** What a text says of a person right after the name: it keeps people of one name apart. */

/** `(SN 1990)`, `(sinh năm 1990)`, `, né en 1990`, `(born 1990)`. */
const BIRTH_YEAR = /^\s*[,(]?\s*(?:SN|sinh năm|sinh|né en|née en|born(?: in)?)\s*:?\s*((?:19|20)\d{2})(?!\d)/iu;
/** `(34 tuổi)`, `, 34 tuổi`, `, 34 ans`, `, 34,`, `, aged 34`. */
const AGE = /^\s*[,(]\s*(?:aged\s+)?(\d{1,2})(?:\s*(?:tuổi|ans|years old)|\s*[,)])/iu;
/** Where somebody lives or comes from is said of people without an office. */
const HOME =
  /^\s*[,(][^.]{0,30}?(?:trú tại|trú ở|ngụ tại|ngụ ở|ngụ|quê ở|quê|domicilié|originaire|résident)(?!\p{L})/iu;
/** Code units after a name in which these stand. */
const REACH = 60;
/** An age tells the year of birth up to one year; so do two papers that count differently. */
const TOLERANCE_YEARS = 1;

/** What is said right after a name. */
export type Said = {
  /** Year of birth, read from an age by the document's date; null where neither is said. */
  born: number | null;
  /** The person is named with an age or a home, as people without an office are. */
  private: boolean;
};

/** Reads what is said of a person right after offset `end`. */
export function saidAfter(text: string, end: number, date: string | null | undefined): Said {
  const after = text.slice(end, end + REACH);
  const year = BIRTH_YEAR.exec(after)?.[1];
  if (year !== undefined) return { born: Number(year), private: true };
  const age = AGE.exec(after)?.[1];
  if (age === undefined) return { born: null, private: HOME.test(after) };
  const now = /^(\d{4})/.exec(date ?? '')?.[1];
  return { born: now === undefined ? null : Number(now) - Number(age), private: true };
}

/** Whether two years of birth can be one person's; unknown ones can be anybody's. */
export function canBeSameAge(a: number | null | undefined, b: number | null | undefined): boolean {
  return a == null || b == null || Math.abs(a - b) <= TOLERANCE_YEARS;
}
