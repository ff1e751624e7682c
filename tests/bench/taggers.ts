/** The taggers a benchmark compares, as functions from a text to spans: Newsloom's, and peers where they are installed. */
import { createRequire } from 'node:module';
import { openTagger } from '@newsloom/enrich';

export type Span = { start: number; end: number; type: string };
export type BenchTagger = { name: string; languages: readonly string[]; tag: (text: string, lang: string) => Span[] };
/** A tagger, or the sentence that says how to have it. */
export type Found = BenchTagger | { missing: string };

const peers = createRequire(new URL('./peers/package.json', import.meta.url));

/** Newsloom's tagger and the peers. */
export function findTaggers(): Found[] {
  const tagger = openTagger();
  const newsloom: BenchTagger = {
    name: 'Newsloom',
    languages: ['vi', 'fr', 'en'],
    tag: (text, lang) => tagger.tag(text, { lang }),
  };
  return [newsloom, found('vntk', openVntk), found('compromise', openCompromise)];
}

function found(name: string, open: () => BenchTagger): Found {
  try {
    return open();
  } catch (error) {
    const folder = new URL('./peers/', import.meta.url).pathname;
    const reason = String((error as Error).message).split('\n')[0];
    return {
      missing: `${name}: not measured (${reason}); in ${folder}: npm install --ignore-scripts, for vntk also npm rebuild crfsuite fasttext`,
    };
  }
}

type Vntk = { ner(): { tag(text: string): string[][] } };

/** vntk gives words and BIO labels without offsets: each word is looked for after the one before it. */
function openVntk(): BenchTagger {
  const ner = (peers('vntk') as Vntk).ner();
  return {
    name: 'vntk',
    languages: ['vi'],
    tag(text) {
      const spans: Span[] = [];
      let at = 0;
      for (const line of text.split('\n')) {
        if (line.trim() === '') continue;
        for (const row of ner.tag(line)) {
          const [word = '', label = 'O'] = [row[0], row.at(-1)];
          const start = text.indexOf(word, at);
          if (start < 0) continue;
          at = start + word.length;
          const type = label.slice(2);
          const last = spans.at(-1);
          if (label.startsWith('B-')) spans.push({ start, end: at, type });
          else if (label.startsWith('I-') && last?.type === type) last.end = at;
        }
      }
      return spans;
    },
  };
}

type CompromiseView = { json(options: { offset: true }): { offset: { start: number; length: number } }[] };
type CompromiseDocument = { people(): CompromiseView; places(): CompromiseView; organizations(): CompromiseView };

function openCompromise(): BenchTagger {
  const nlp = peers('compromise') as (text: string) => CompromiseDocument;
  return {
    name: 'compromise',
    languages: ['en'],
    tag(text) {
      const document = nlp(text);
      const spansOf = (view: CompromiseView, type: string): Span[] =>
        view.json({ offset: true }).map(({ offset: { start, length } }) => {
          // Its offsets take in the punctuation and blanks around a word.
          const own = text.slice(start, start + length);
          const name = own.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
          const from = start + own.indexOf(name);
          return { start: from, end: from + name.length, type };
        });
      return [
        ...spansOf(document.people(), 'PER'),
        ...spansOf(document.places(), 'LOC'),
        ...spansOf(document.organizations(), 'ORG'),
      ];
    },
  };
}
