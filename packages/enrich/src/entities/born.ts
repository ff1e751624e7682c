/** When a person was born, where a text says it right after the name: it keeps people of one name apart. */

/** `(SN 1990)`, `(sinh năm 1990)`, `, né en 1990`, `(born 1990)`. */
const BIRTH_YEAR = /^\s*[,(]?\s*(?:SN|sinh năm|sinh|né en|née en|born(?: in)?)\s*:?\s*((?:19|20)\d{2})(?!\d)/iu;
/** `(34 tuổi)`, `, 34 tuổi`, `, 34 ans`, `, 34,`, `, aged 34`. */
const AGE = /^\s*[,(]\s*(?:aged\s+)?(\d{1,2})(?:\s*(?:tuổi|ans|years old)|\s*[,)])/iu;
/** Code units after a name in which its age stands. */
const REACH = 28;
/** An age tells the year of birth up to one year; so do two papers that count differently. */
const TOLERANCE_YEARS = 1;

/** The year of birth said right after offset `end`, read from an age by the document's date; null where none is said. */
export function birthYearAfter(text: string, end: number, date: string | null | undefined): number | null {
  const after = text.slice(end, end + REACH);
  const year = BIRTH_YEAR.exec(after)?.[1];
  if (year !== undefined) return Number(year);
  const age = AGE.exec(after)?.[1];
  const now = /^(\d{4})/.exec(date ?? '')?.[1];
  return age === undefined || now === undefined ? null : Number(now) - Number(age);
}

/** Whether two years of birth can be one person's; unknown ones can be anybody's. */
export function canBeSameAge(a: number | null | undefined, b: number | null | undefined): boolean {
  return a == null || b == null || Math.abs(a - b) <= TOLERANCE_YEARS;
}
