/** The namespaces feeds and sitemaps use, and the prefix each is known by here. */

/** Prefix by namespace address, in lower case and without a slash at the end. */
const KNOWN: Readonly<Record<string, string>> = {
  'http://www.w3.org/2005/atom': '',
  'http://purl.org/atom/ns#': '',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#': 'rdf',
  'http://purl.org/rss/1.0': '',
  'http://my.netscape.com/rdf/simple/0.9': '',
  'http://my.netscape.com/publish/formats/rss-0.91.dtd': '',
  'http://backend.userland.com/rss': '',
  'http://backend.userland.com/rss2': '',
  'http://blogs.law.harvard.edu/tech/rss': '',
  'http://cyber.law.harvard.edu/rss/rss.html': '',
  'http://example.com/newformat#': '',
  'http://example.com/necho': '',
  'http://purl.org/echo': '',
  'uri/of/echo/namespace#': '',
  'http://purl.org/pie': '',
  'http://www.sitemaps.org/schemas/sitemap/0.9': '',
  'http://www.google.com/schemas/sitemap/0.84': '',
  'http://www.google.com/schemas/sitemap-news/0.9': 'news',
  'http://www.google.com/schemas/sitemap-image/1.1': 'image',
  'http://www.google.com/schemas/sitemap-video/1.1': 'video',
  'http://www.google.com/schemas/sitemap-mobile/1.0': 'mobile',
  'http://www.google.com/schemas/sitemap-pagemap/1.0': 'pagemap',
  'http://www.w3.org/1999/xhtml': 'xhtml',
  'http://www.w3.org/xml/1998/namespace': 'xml',
  'http://www.w3.org/1999/xlink': 'xlink',
  'http://purl.org/dc/elements/1.1': 'dc',
  'http://purl.org/dc/elements/1.0': 'dc',
  'http://purl.org/dc/terms': 'dcterms',
  'http://purl.org/rss/1.0/modules/content': 'content',
  'http://purl.org/rss/1.0/modules/syndication': 'sy',
  'http://purl.org/rss/1.0/modules/slash': 'slash',
  'http://search.yahoo.com/mrss': 'media',
  'http://www.rssboard.org/media-rss': 'media',
  'http://www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'http://www.itunes.com/dtds/podcast-1.0': 'itunes',
  'http://example.com/dtds/podcast-1.0.dtd': 'itunes',
  'https://podcastindex.org/namespace/1.0': 'podcast',
  'http://purl.org/syndication/thread/1.0': 'thr',
  'http://www.georss.org/georss': 'georss',
  'http://www.opengis.net/gml': 'gml',
  'http://www.w3.org/2003/01/geo/wgs84_pos#': 'geo',
  'http://wellformedweb.org/commentapi': 'wfw',
  'http://rssnamespace.org/feedburner/ext/1.0': 'feedburner',
  'http://podlove.org/simple-chapters': 'psc',
  'http://webns.net/mvcb': 'admin',
  'http://web.resource.org/cc': 'cc',
  'http://backend.userland.com/creativecommonsrssmodule': 'cc',
  'http://madskills.com/public/xml/rss/module/trackback': 'trackback',
};

/** The well-known prefix of a namespace: an empty text for the formats' own, null for one that is not known. */
export function knownPrefix(namespace: string): string | null {
  const plain = namespace.trim().toLowerCase().replace(/\/$/, '');
  return KNOWN[plain] ?? KNOWN[plain.replace(/^https:/, 'http:')] ?? null;
}
