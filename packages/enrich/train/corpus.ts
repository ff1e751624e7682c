/** Reads annotated documents and turns them into sequences of allowed labels. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { begin, end, inside, LABEL_COUNT, MODEL_TYPES, OUTSIDE, single } from '../src/tagger/labels.ts';
import { type Tokens, tokenize } from '../src/text/index.ts';

/** A mention as annotated. */
export type GoldMention = { start: number; end: number; type: string; optional?: boolean };

/** A document with annotations. */
export type GoldDocument = {
  id: string;
  lang: string;
  source: string;
  types?: string[];
  silver?: boolean;
  text: string;
  entities: GoldMention[];
};

/** The lines of a JSONL file, gzip or plain. */
export function readLines(file: string): string[] {
  const bytes = readFileSync(file);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.split('\n');
}

/** The documents of a JSONL file. */
export function readDocuments(file: string): GoldDocument[] {
  return readLines(file)
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as GoldDocument);
}

/** Every label. */
export const ANY_LABEL = (1 << LABEL_COUNT) - 1;

/** For each token the bit mask of labels its annotation allows: one label where it is certain. */
export function allowedLabels(document: GoldDocument, tokens: Tokens): Int32Array {
  const unknown = MODEL_TYPES.map((name, type) => ({ name, type })).filter(
    ({ name }) => document.types !== undefined && !document.types.includes(name),
  );
  let free = 1 << OUTSIDE;
  for (const { type } of unknown)
    free |= (1 << begin(type)) | (1 << inside(type)) | (1 << end(type)) | (1 << single(type));
  const allowed = new Int32Array(tokens.count).fill(free);
  const firstAt = new Map<number, number>();
  const lastAt = new Map<number, number>();
  for (let i = 0; i < tokens.count; i++) {
    firstAt.set(tokens.starts[i] as number, i);
    lastAt.set(tokens.ends[i] as number, i);
  }
  for (const mention of document.entities) {
    const type = MODEL_TYPES.indexOf(mention.type as (typeof MODEL_TYPES)[number]);
    const first = firstAt.get(mention.start);
    const last = lastAt.get(mention.end);
    if (type < 0 || first === undefined || last === undefined) continue;
    for (let i = first; i <= last; i++) {
      const label = first === last ? single(type) : i === first ? begin(type) : i === last ? end(type) : inside(type);
      allowed[i] = mention.optional ? (1 << OUTSIDE) | (1 << label) : 1 << label;
    }
  }
  return allowed;
}

/** A document ready for training. */
export function prepare(document: GoldDocument): { tokens: Tokens; allowed: Int32Array } {
  const tokens = tokenize(document.text);
  return { tokens, allowed: allowedLabels(document, tokens) };
}
