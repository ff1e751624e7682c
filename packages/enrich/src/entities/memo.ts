/** Remembers what a pure function gave for a string: names repeat in news, and reading one takes longer than finding it. */

/** Strings remembered per function; beyond this many it starts anew. */
const MOST_REMEMBERED = 50_000;

/** The same function, remembering its results. They are shared: callers must not change them. */
export function remember<Value extends NonNullable<unknown>>(read: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) {
      value = read(text);
      if (known.size >= MOST_REMEMBERED) known.clear();
      known.set(text, value);
    }
    return value;
  };
}
