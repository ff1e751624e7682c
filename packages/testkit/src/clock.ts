/** A clock that stands still until a test moves it. */

export type SettableClock = {
  /** The time it shows; a new Date at every call. Bound: it can be handed on as a function. */
  now: () => Date;
  /** Moves it on, or back where negative. */
  advance(ms: number): void;
  /** Sets it to a moment in ISO 8601; throws a RangeError where that is none. */
  set(iso: string): void;
};

/** A clock that shows the given moment (ISO 8601). */
export function settableClock(startIso: string): SettableClock {
  let time = parse(startIso);
  return {
    now: () => new Date(time),
    advance(ms) {
      time += ms;
    },
    set(iso) {
      time = parse(iso);
    },
  };
}

function parse(iso: string): number {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) throw new RangeError(`not a moment in ISO 8601: ${iso}`);
  return time;
}
