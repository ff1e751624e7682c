/** Trains the learned choices: `node packages/extract/train/main.ts title|body|date|author|image --corpus DIR [--seeds N] [--write] [--misses]`. */
import { fileURLToPath } from 'node:url';

const [what] = process.argv.slice(2);
const at = process.argv.indexOf('--corpus');
const corpus = at < 0 ? undefined : process.argv[at + 1];
const data = process.argv.includes('--write') ? fileURLToPath(new URL('../data', import.meta.url)) : null;
const seedsAt = process.argv.indexOf('--seeds');
const seeds = seedsAt < 0 ? 1 : Math.max(1, Number.parseInt(process.argv[seedsAt + 1] ?? '1', 10) || 1);
// In this order from nothing: the body reads the title's choice, dates and authors read both.
if (corpus && what === 'title') (await import('./rank.ts')).trainRank('title', corpus, data, seeds);
else if (corpus && what === 'body') await (await import('./body.ts')).trainBody(corpus, data);
else if (corpus && (what === 'date' || what === 'author' || what === 'image'))
  (await import('./rank.ts')).trainRank(what, corpus, data, seeds);
else {
  process.stderr.write(
    'usage: train/main.ts title|body|date|author|image --corpus DIR [--seeds N] [--write] [--misses]\n',
  );
  process.exitCode = 2;
}
