/** Reads schema.org JSON-LD: the article a page describes, tolerant of the ways pages break their JSON. */

/** What one JSON-LD node says about an article. */
export type LdArticle = {
  type: string;
  headline: string | null;
  alternativeHeadline: string | null;
  datePublished: string | null;
  dateModified: string | null;
  dateCreated: string | null;
  authors: { name: string; type: string }[];
  images: string[];
  body: string | null;
  description: string | null;
  section: string | null;
  keywords: string[];
  language: string | null;
  url: string | null;
  paywalled: boolean | null;
};

/** What all JSON-LD of a page says. */
export type LinkedData = {
  articles: LdArticle[];
  /** Names of organisations and of the web site, to be taken off titles and not to be taken for people. */
  organisations: string[];
  types: Set<string>;
  breadcrumbs: string[];
  /** The entries of a live report, in their order. */
  updates: { at: string | null; headline: string | null; text: string }[];
};

/** Most nodes visited in one page's JSON-LD; real pages have a few hundred. */
const MAX_NODES = 20_000;
/** Deepest nesting of a JSON text that is parsed: `JSON.parse` itself recurses. */
const MAX_JSON_DEPTH = 200;

const ARTICLE =
  /(?:article|posting|report|review|story|recipe|webpage|scholarly|howto|claimreview|videoobject|medicalwebpage|newsmediapage|podcastepisode|techarticle)$/i;
const REAL_ARTICLE = /(?:article|posting|report|story|review|recipe|howto)$/i;
const LESSER = /webpage|videoobject|podcastepisode/i;

type Json = Record<string, unknown>;

/** How deep the brackets of a JSON text nest, strings disregarded: a cheap guard before parsing. */
function nestsTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 91 || code === 123) {
      if (++depth > MAX_JSON_DEPTH) return true;
    } else if (code === 93 || code === 125) depth--;
  }
  return false;
}

function parse(text: string): unknown {
  const cleaned = text
    .replace(/^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)/, '')
    .replace(/(?:-->|\/\*\s*\]\]>\s*\*\/|\/\/\s*\]\]>|\]\]>)\s*$/, '')
    .trim()
    .replace(/;$/, '');
  if (cleaned === '' || nestsTooDeep(cleaned)) return null;
  try {
    return JSON.parse(cleaned);
  } catch {
    // The usual faults: raw line breaks and tabs inside strings, trailing commas.
    const mended = cleaned
      .replace(/\p{Cc}+/gu, ' ')
      .replace(/,\s*([}\]])/g, '$1')
      .replace(/\\(?!["\\/bfnrtu])/g, '\\\\');
    try {
      return JSON.parse(mended);
    } catch {
      return null;
    }
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
  if (Array.isArray(value)) {
    for (const one of value) {
      const text = textOf(one);
      if (text) return text;
    }
    return null;
  }
  if (isObject(value)) return textOf(value['@value'] ?? value.name ?? value.value);
  return typeof value === 'number' ? String(value) : null;
}

function typesOf(node: Json): string[] {
  const type = node['@type'];
  const list = Array.isArray(type) ? type : [type];
  return list
    .filter((one): one is string => typeof one === 'string')
    .map((one) => one.replace(/^https?:\/\/schema\.org\//, ''));
}

function listOf(value: unknown): unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

function authorsOf(value: unknown, byId: Map<string, Json>): { name: string; type: string }[] {
  const found: { name: string; type: string }[] = [];
  for (const one of listOf(value).slice(0, 60)) {
    if (typeof one === 'string') found.push({ name: one, type: '' });
    else if (isObject(one)) {
      const node = one.name === undefined && typeof one['@id'] === 'string' ? (byId.get(one['@id']) ?? one) : one;
      const type = typesOf(node)[0] ?? '';
      if (Array.isArray(node.name))
        for (const name of node.name.slice(0, 60)) found.push({ name: textOf(name) ?? '', type });
      else {
        const given = textOf(node.name) ?? [textOf(node.givenName), textOf(node.familyName)].filter(Boolean).join(' ');
        if (given) found.push({ name: given, type });
      }
    }
  }
  return found.filter((one) => one.name !== '');
}

function imagesOf(value: unknown, byId: Map<string, Json>): string[] {
  const found: string[] = [];
  for (const one of listOf(value).slice(0, 20)) {
    if (typeof one === 'string') found.push(one);
    else if (isObject(one)) {
      const node = one.url === undefined && typeof one['@id'] === 'string' ? (byId.get(one['@id']) ?? one) : one;
      const url = textOf(node.url) ?? textOf(node.contentUrl);
      if (url) found.push(url);
    }
  }
  return found;
}

function articleOf(node: Json, type: string, byId: Map<string, Json>): LdArticle {
  const free = node.isAccessibleForFree;
  const keywords = listOf(node.keywords)
    .flatMap((one) => (typeof one === 'string' ? one.split(/[,;]/) : []))
    .map((one) => one.trim())
    .filter((one) => one !== '');
  return {
    type,
    headline: textOf(node.headline) ?? (LESSER.test(type) ? null : textOf(node.name)),
    alternativeHeadline: textOf(node.alternativeHeadline),
    datePublished: textOf(node.datePublished) ?? textOf(node.uploadDate),
    dateModified: textOf(node.dateModified),
    dateCreated: textOf(node.dateCreated),
    authors: [...authorsOf(node.author, byId), ...(node.author === undefined ? authorsOf(node.creator, byId) : [])],
    images: [
      ...imagesOf(node.image, byId),
      ...imagesOf(node.primaryImageOfPage, byId),
      ...imagesOf(node.thumbnailUrl, byId),
    ],
    body: textOf(node.articleBody) ?? textOf(node.reviewBody) ?? textOf(node.text),
    description: textOf(node.description),
    section: textOf(node.articleSection),
    keywords: keywords.slice(0, 50),
    language: textOf(node.inLanguage),
    url:
      textOf(node.url) ??
      (typeof node.mainEntityOfPage === 'string'
        ? node.mainEntityOfPage
        : isObject(node.mainEntityOfPage)
          ? textOf(node.mainEntityOfPage['@id'])
          : null),
    paywalled: free === undefined ? null : free === false || /^false$/i.test(String(free)),
  };
}

/** Most entries read of one live report. */
const MAX_UPDATES = 500;

function updatesOf(node: Json): LinkedData['updates'] {
  return listOf(node.liveBlogUpdate)
    .slice(0, MAX_UPDATES)
    .filter(isObject)
    .map((one) => ({
      at: textOf(one.datePublished) ?? textOf(one.dateModified),
      headline: textOf(one.headline) ?? textOf(one.name),
      text: textOf(one.articleBody) ?? textOf(one.text) ?? '',
    }))
    .filter((one) => one.text !== '');
}

/** Reads the texts of all `application/ld+json` scripts of a page; unreadable ones count as absent. */
export function readLinkedData(texts: readonly string[]): LinkedData {
  const nodes: Json[] = [];
  const byId = new Map<string, Json>();
  for (const text of texts) {
    const queue: unknown[] = [parse(text)];
    for (let at = 0; at < queue.length && nodes.length < MAX_NODES && queue.length < MAX_NODES; at++) {
      const value = queue[at];
      if (Array.isArray(value)) for (const one of value) queue.push(one);
      else if (isObject(value)) {
        nodes.push(value);
        const id = value['@id'];
        if (typeof id === 'string' && Object.keys(value).length > 1 && !byId.has(id)) byId.set(id, value);
        for (const key in value) {
          const inner = value[key];
          if (typeof inner === 'object' && inner !== null) queue.push(inner);
        }
      }
    }
  }
  const result: LinkedData = { articles: [], organisations: [], types: new Set(), breadcrumbs: [], updates: [] };
  const entries = new Set(nodes.flatMap((node) => listOf(node.liveBlogUpdate)));
  const graded: { article: LdArticle; grade: number; at: number }[] = [];
  for (const node of nodes) {
    const types = typesOf(node);
    for (const type of types) result.types.add(type);
    const type = types.find((one) => REAL_ARTICLE.test(one)) ?? types.find((one) => ARTICLE.test(one));
    if (types.some((one) => /Organization|WebSite|NewsMediaOrganization|Brand|Corporation/i.test(one))) {
      const name = textOf(node.name);
      if (name && name.length < 80) result.organisations.push(name);
    } else if (type && !entries.has(node)) {
      // The entry of a live report is no article of its own.
      const article = articleOf(node, type, byId);
      const grade =
        (REAL_ARTICLE.test(type) ? 4 : 0) +
        (article.datePublished ? 2 : 0) +
        (article.headline ? 1 : 0) +
        (article.body ? 1 : 0);
      graded.push({ article, grade, at: graded.length });
    }
    if (types.includes('LiveBlogPosting') && result.updates.length === 0) result.updates = updatesOf(node);
    if (types.includes('BreadcrumbList'))
      for (const item of listOf(node.itemListElement).slice(0, 10))
        if (isObject(item)) {
          const name = textOf(item.name) ?? (isObject(item.item) ? textOf(item.item.name) : null);
          if (name) result.breadcrumbs.push(name);
        }
  }
  graded.sort((a, b) => b.grade - a.grade || a.at - b.at);
  result.articles = graded.map((one) => one.article);
  return result;
}
