/** Trains the learned choices: `node packages/extract/train/main.ts title|body|date|author|image --corpus DIR [--write] [--misses]`. */
import { fileURLToPath } from 'node:url';

const [what] = process.argv.slice(2);
const at = process.argv.indexOf('--corpus');
const corpus = at < 0 ? undefined : process.argv[at + 1];
const data = process.argv.includes('--write') ? fileURLToPath(new URL('../data', import.meta.url)) : null;
// In this order from nothing: the body reads the title's choice, dates and authors read both.
if (corpus && what === 'title') (await import('./rank.ts')).trainRank('title', corpus, data);
else if (corpus && what === 'body') await (await import('./body.ts')).trainBody(corpus, data);
else if (corpus && (what === 'date' || what === 'author' || what === 'image'))
  (await import('./rank.ts')).trainRank(what, corpus, data);
else {
  process.stderr.write('usage: train/main.ts title|body|date|author|image --corpus DIR [--write] [--misses]\n');
  process.exitCode = 2;
}
