/** What one setting is, and the forms its value may have. */
import { z } from 'zod';

export type Setting<T> = {
  /** Name in the environment. */
  env: string;
  /** Reads the value; its description, where it has one, says what is allowed. */
  schema: z.ZodType<T, string>;
  /** As it would be written in the environment; null where unset means "not used". */
  default: string | null;
  /** One sentence for docs/configuration.md and .env.example. */
  says: string;
  /** Masked wherever settings are shown. */
  secret?: boolean;
};

/** Declares a setting, keeping the type of its value. */
export const setting = <T>(it: Setting<T>) => it;

/** Any text but an empty one. */
export const text = z.string().trim().min(1);

/** A whole number within bounds, both allowed. */
export const wholeNumber = (low: number, high: number) =>
  z
    .string()
    .trim()
    .regex(/^\d+$/, { error: 'must be a whole number' })
    .transform(Number)
    .refine((n) => n >= low && n <= high, { error: `must be between ${low} and ${high}` })
    .describe(`${low} to ${high}`);

/** One of some words. */
export const choice = <const T extends [string, ...string[]]>(...values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` }).describe(values.join(', '));

/** An address of one of some schemes. */
export const address = (...protocols: string[]) =>
  text.refine((value) => protocols.some((p) => value.startsWith(`${p}://`)) && URL.canParse(value), {
    error: `must be an address that begins with ${protocols.map((p) => `${p}://`).join(' or ')}`,
  });

/** Words between blanks or commas. */
export const list = z.string().transform((value) =>
  value
    .split(/[\s,]+/)
    .map((item) => item.trim())
    .filter(Boolean),
);
