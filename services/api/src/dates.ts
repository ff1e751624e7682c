/** Dates in questions: a year, a month, a day or an instant, as the edge of a span of time. */

const PARTIAL = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** Later instants have a year of five digits, which Postgres does not read. */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * The first instant of what `text` names, and the first one after it, as ISO 8601 in UTC: `2024` is a year, `2024-02` a
 * month, `2024-02-29` a day, and an instant with its zone is that instant. Null where the text is no such date.
 */
export function spanOf(text: string): { start: string; end: string } | null {
  if (INSTANT.test(text)) {
    const time = Date.parse(text);
    if (Number.isNaN(time)) return null;
    const iso = new Date(time).toISOString();
    return { start: iso, end: iso };
  }
  const [, year, month, day] = PARTIAL.exec(text) ?? [];
  if (year === undefined) return null;
  const [y, m, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)];
  const start = new Date(Date.UTC(y, m, d));
  // Date.UTC would take 30 February for 1 March.
  if (y < 1000 || start.getUTCMonth() !== m || start.getUTCDate() !== d) return null;
  const end =
    day !== undefined ? Date.UTC(y, m, d + 1) : month !== undefined ? Date.UTC(y, m + 1, 1) : Date.UTC(y + 1, 0, 1);
  return { start: start.toISOString(), end: new Date(Math.min(end, LAST_MS)).toISOString() };
}
