/** The little that is needed to write HTML and XML by template literals. */

/** Text made safe for an element or a double-quoted attribute, in HTML and XML alike. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** JSON for a script element: no `<` can end it early. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/** One string out of many parts, a line each. */
export function lines(parts: readonly string[]): string {
  return parts.join('\n');
}
