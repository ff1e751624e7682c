/** Reads a page by the rules of its source: what they find stands in for what the general way found. */
import type { Article, ArticleField, PageDate, ReadPage, SourceRules } from '@newsloom/model';
import { type CheerioAPI, load } from 'cheerio/slim';
import type { AnyNode } from 'domhandler';
import { splitNames } from '../author/names.ts';
import { readMachineDate } from '../date/date-machine.ts';
import { absoluteUrl, oneLine } from '../words.ts';
import { blockText } from './block-text.ts';
import { selectorOf } from './selector.ts';

/** What reading by rules needs besides the page. */
export type RuledReading = {
  url: string;
  fetchedAt: string;
  /** The general way, over a page of text; `asArticle` where the rules have found a body. */
  read: (html: string, asArticle: boolean) => ReadPage;
};

/** Attributes an image's address may stand in, best first. */
const IMAGE_ATTRIBUTES = ['content', 'data-src', 'src', 'href'];
const MOST_VALUES = 50;

/** Never throws for what a page holds; a selector that cannot be used throws, and is refused when rules are saved. */
export function readByRules(html: string, rules: SourceRules, reading: RuledReading): ReadPage {
  const page = load(html, { xml: { xmlMode: false, decodeEntities: true } });
  for (const selector of rules.remove ?? []) page(selectorOf(selector).css).remove();
  const body = rules.body === undefined ? '' : blockText(page(selectorOf(rules.body).css).toArray() as AnyNode[]);
  const general = reading.read(rules.remove ? page.html() : html, body !== '');
  if (!general.article) return general;
  const article: Article = { ...general.article, provenance: { ...general.article.provenance } };
  const set = settingOf(article);

  if (rules.body !== undefined && body !== '') set('body', body, rules.body, `${article.body.length} characters`);
  if (rules.title !== undefined) {
    const title = oneLine(values(page, rules.title)[0] ?? '');
    if (title !== '') set('title', title, rules.title, article.title);
  }
  if (rules.section !== undefined) {
    const section = oneLine(values(page, rules.section)[0] ?? '');
    if (section !== '') set('section', section, rules.section, article.section);
  }
  if (rules.authors !== undefined) {
    const found = splitNames(values(page, rules.authors).join('\n'), null);
    if (found.names.length + found.agencies.length > 0) {
      set('authors', found.names, rules.authors, article.authors.join(', '));
      article.agencies = found.agencies;
    }
  }
  if (rules.image !== undefined) {
    const image = imageOf(page, rules.image, reading.url);
    if (image) set('image', image, rules.image, article.image);
  }
  if (rules.date !== undefined) {
    const as = { lang: article.lang, fetchedAt: reading.fetchedAt };
    const date = values(page, rules.date)
      .map((text) => readMachineDate(text, as))
      .find((it) => it !== null);
    if (date) set('date', date, rules.date, article.date?.value ?? null);
  }
  if (rules.timeZone !== undefined) {
    article.date = zoned(article.date, rules.timeZone);
    article.dateModified = zoned(article.dateModified, rules.timeZone);
  }
  return { ...general, article };
}

/** Sets a field and says what it was chosen over. */
function settingOf(article: Article) {
  return <F extends ArticleField & keyof Article>(
    field: F,
    value: Article[F],
    selector: string,
    before: string | null,
  ) => {
    const old = article.provenance[field];
    article[field] = value;
    article.provenance[field] = {
      from: 'rule',
      at: selector.slice(0, 200),
      ...(old && before && { over: [{ from: old.from, value: before.slice(0, 200) }] }),
    };
  };
}

/** Texts or attributes of what a selector finds, empty ones left out. */
function values(page: CheerioAPI, selector: string): string[] {
  const { css, attribute } = selectorOf(selector);
  return page(css)
    .toArray()
    .slice(0, MOST_VALUES)
    .map((node) => (attribute === null ? blockText([node as AnyNode]) : (page(node).attr(attribute) ?? '')))
    .filter((text) => text.trim() !== '');
}

function imageOf(page: CheerioAPI, selector: string, base: string): string | null {
  const { css, attribute } = selectorOf(selector);
  const node = page(css).first();
  const names = attribute === null ? IMAGE_ATTRIBUTES : [attribute];
  const found = names.map((name) => node.attr(name) ?? '').find((value) => value.trim() !== '');
  return found === undefined ? null : absoluteUrl(found, base);
}

/** Gives a time without a zone the source's own. */
function zoned(date: PageDate | null, timeZone: string): PageDate | null {
  if (!date?.value.includes('T') || /(?:Z|[+-]\d\d:\d\d)$/.test(date.value)) return date;
  return { ...date, value: `${date.value}${timeZone}` };
}
