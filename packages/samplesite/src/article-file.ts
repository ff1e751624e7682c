/** Reads the site's articles from their files: a header of `name: value` lines, `---`, paragraphs. */
import { readdirSync, readFileSync } from 'node:fs';

/** One article of the sample site, as its file states it. */
export type SiteArticle = {
  /** Name of its file without the ending. */
  id: string;
  /** Where it is served, from the root of its host. */
  path: string;
  lang: 'vi' | 'fr' | 'en';
  /** Id of a section of its publication. */
  section: string;
  /** ISO 8601 with a zone, or a day alone where the page shows no time. */
  date: string;
  /** ISO 8601; absent where the article was never changed. */
  modified?: string;
  authors: string[];
  title: string;
  summary: string;
  /** Path of the lead image. */
  image: string;
  /** Caption with its credit, as shown under the image. */
  caption: string;
  tags: string[];
  /** Name shared by the articles that tell one wire story. */
  wire?: string;
  /** What the bytes are encoded in. */
  charset: 'utf-8' | 'windows-1258';
  /** Unicode form of the text on the page; what is true is NFC in any case. */
  form: 'nfc' | 'nfd';
  /** True where the front page does not link it, only its section does. */
  sectionOnly: boolean;
  paragraphs: string[];
};

/**
 * Reads all articles of one publication, newest first.
 * Takes the name of its folder under `pages/`; throws where a file lacks a field.
 */
export function readArticles(folder: string): SiteArticle[] {
  const directory = new URL(`../pages/${folder}/`, import.meta.url);
  return readdirSync(directory)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => parseArticleFile(readFileSync(new URL(name, directory), 'utf8'), `${folder}/${name}`))
    .sort((a, b) => b.date.localeCompare(a.date));
}

/** Parses one article file; `name` is for the error where a field is missing. */
export function parseArticleFile(text: string, name: string): SiteArticle {
  const cut = text.indexOf('\n---\n');
  if (cut < 0) throw new Error(`${name}: no line of --- between header and text`);
  const header = new Map(
    text
      .slice(0, cut)
      .split('\n')
      .map((line): [string, string] => {
        const colon = line.indexOf(': ');
        return [line.slice(0, colon), line.slice(colon + 2).trim()];
      }),
  );
  const need = (field: string): string => {
    const value = header.get(field);
    if (!value) throw new Error(`${name}: no ${field}`);
    return value;
  };
  const modified = header.get('modified');
  const wire = header.get('wire');
  return {
    id: name.replace(/^.*\//, '').replace(/\.txt$/, ''),
    path: need('path'),
    lang: need('lang') as SiteArticle['lang'],
    section: need('section'),
    date: need('date'),
    ...(modified && { modified }),
    authors: need('authors').split('; '),
    title: need('title'),
    summary: need('summary'),
    image: need('image'),
    caption: need('caption'),
    tags: need('tags').split('; '),
    ...(wire && { wire }),
    charset: header.get('charset') === 'windows-1258' ? 'windows-1258' : 'utf-8',
    form: header.get('form') === 'nfd' ? 'nfd' : 'nfc',
    sectionOnly: header.get('frontHidden') === 'yes',
    paragraphs: text
      .slice(cut + 5)
      .split(/\n\s*\n/)
      .map((paragraph) => paragraph.trim())
      .filter((paragraph) => paragraph !== ''),
  };
}
