/** Reads a corpus of pages for training: cases, their pages as facts, and the folds by site. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { decode } from '../src/charset/charset.ts';
import { gatherFacts, type PageFacts } from '../src/facts.ts';
import { scanHtml } from '../src/scan.ts';
import { survey } from '../src/survey.ts';

/** One case of the corpus; expected fields are present only where its source has them. */
export type Case = {
  id: string;
  source: string;
  gt: string;
  url: string;
  site: string;
  lang: string;
  html: string;
  title?: string;
  date?: string;
  date_alt?: string[];
  authors?: string[];
  body?: string;
  starts?: string;
  with?: string[];
  without?: string[];
  images?: string[];
};

/** The corpus' own scorer, as far as training uses it. */
export type Scorer = {
  tokenize: (text: string) => string[];
  scoreCase: (one: Case, prediction: unknown) => unknown;
  summarise: (results: unknown[]) => Record<string, Record<string, number>>;
};

/** Folds of the cross-validation. No site is in two of them. */
export const FOLDS = 5;

/** The fold of a site, from the hash of its domain. */
export function foldOf(site: string): number {
  return (createHash('sha256').update(site).digest()[0] as number) % FOLDS;
}

/** All cases of a corpus folder. */
export function readCases(folder: string): Case[] {
  return readFileSync(join(folder, 'cases.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Case);
}

/** The scorer that lies beside the corpus folder. */
export async function readScorer(folder: string): Promise<Scorer> {
  return (await import(pathToFileURL(resolve(folder, '..', 'score.mjs')).href)) as Scorer;
}

/** The page of a case, surveyed. */
export function readFacts(folder: string, one: Case): PageFacts {
  const { text } = decode(gunzipSync(readFileSync(join(folder, one.html))));
  return gatherFacts(survey(scanHtml(text)), { url: one.url, fetchedAt: '2026-11-01T00:00:00Z', asArticle: true });
}
