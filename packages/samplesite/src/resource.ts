/** What a host can answer with at one path. */

/** A body with its type, or a permanent move. */
export type Resource =
  | { kind: 'body'; type: string; body: Buffer /** ISO 8601 */; modified: string }
  | { kind: 'moved'; to: string };

/** Everything one host serves, by path (query left out). */
export type Resources = Map<string, Resource>;

/** A text resource in UTF-8. `modified` is ISO 8601. */
export function textResource(type: string, text: string, modified: string): Resource {
  return { kind: 'body', type: `${type}; charset=utf-8`, body: Buffer.from(text), modified };
}
