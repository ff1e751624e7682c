/** The three publications of the sample site: their names, sections and page templates. */

/** Which page template a section uses. */
export type TemplateName = 'modern' | 'table' | 'opengraph' | 'plain' | 'agency';

export type Section = { id: string; path: string; name: string; template: TemplateName };

/** A publication of the sample site; it has a host of its own. */
export type Publication = {
  id: string;
  /** Folder under `pages/`. */
  folder: string;
  name: string;
  tagline: string;
  lang: 'vi' | 'fr' | 'en';
  sections: Section[];
  /** Path the robots.txt forbids; the pages link it all the same. */
  forbidden: string;
  feed?: { kind: 'rss' | 'atom'; path: string };
  /** Sitemaps robots.txt names. */
  sitemap: string;
  newsSitemap?: string;
};

export const PUBLICATIONS: Publication[] = [
  {
    id: 'song-han',
    folder: 'song-han',
    name: 'Nhật báo Sông Hàn',
    tagline: 'Tin tức Đà Nẵng và miền Trung',
    lang: 'vi',
    sections: [
      { id: 'thoi-su', path: '/thoi-su/', name: 'Thời sự', template: 'modern' },
      { id: 'kinh-te', path: '/kinh-te/', name: 'Kinh tế', template: 'modern' },
      { id: 'van-hoa', path: '/van-hoa/', name: 'Văn hóa', template: 'modern' },
      { id: 'ban-doc', path: '/ban-doc/', name: 'Bạn đọc', template: 'table' },
    ],
    forbidden: '/tim-kiem',
    feed: { kind: 'rss', path: '/rss/trang-chu.rss' },
    sitemap: '/sitemap.xml',
  },
  {
    id: 'fil-du-mekong',
    folder: 'fil-du-mekong',
    name: 'Le Fil du Mékong',
    tagline: 'Le Vietnam en français',
    lang: 'fr',
    sections: [
      { id: 'societe', path: '/societe/', name: 'Société', template: 'opengraph' },
      { id: 'monde', path: '/monde/', name: 'Monde', template: 'opengraph' },
      { id: 'culture', path: '/culture/', name: 'Culture', template: 'opengraph' },
      { id: 'economie', path: '/economie/', name: 'Économie', template: 'plain' },
      { id: 'sante', path: '/sante/', name: 'Santé', template: 'plain' },
    ],
    forbidden: '/recherche',
    feed: { kind: 'atom', path: '/atom.xml' },
    sitemap: '/sitemap.xml',
  },
  {
    id: 'lotus',
    folder: 'lotus',
    name: 'Lotus News Agency',
    tagline: 'Viet Nam in English and Vietnamese',
    lang: 'en',
    sections: [
      { id: 'en', path: '/en/', name: 'English', template: 'agency' },
      { id: 'vi', path: '/vi/', name: 'Tiếng Việt', template: 'agency' },
    ],
    forbidden: '/search',
    sitemap: '/sitemap.xml',
    newsSitemap: '/news-sitemap.xml',
  },
];

/** The section of a publication by its id; throws where it has none of that name. */
export function sectionOf(publication: Publication, id: string): Section {
  const section = publication.sections.find((candidate) => candidate.id === id);
  if (!section) throw new Error(`${publication.id} has no section ${id}`);
  return section;
}
