/** Reads what class, id and role of an element say about its content, as a set of bits. */
import { foldOf, HASH_FACTOR, HASH_START, hashOf, IS } from './characters.ts';
import { ATTRIBUTE, maskBit, TAG_NAMES } from './tags.ts';
import type { Tape } from './tape.ts';

/** One bit per kind of hint; `HINT_NAMES` gives their order. */
export const HINT_NAMES = [
  'content',
  'main',
  'nav',
  'sidebar',
  'comment',
  'footer',
  'header',
  'share',
  'related',
  'ad',
  'caption',
  'byline',
  'tag',
  'signup',
  'consent',
  'standfirst',
  'title',
  'hidden',
  'quote',
  'card',
  'box',
  'date',
  'author',
  'media',
] as const;

/** The name of one hint. */
export type HintName = (typeof HINT_NAMES)[number];

/** The bit of each hint. */
export const HINT = Object.fromEntries(HINT_NAMES.map((name, at) => [name, 1 << at])) as Record<HintName, number>;

/** Words of class and id attributes, English and the commonest of other languages' sites, by the hint they give. */
const WORDS: Record<HintName, string> = {
  content:
    'article articlebody articlecontent content body bodytext text story storybody post postbody entry richtext prose paragraph copy artikel texte contenu noidung detail details fulltext newsbody cuerpo nota contenido testo corpo texto materia tekst articulo articletext',
  main: 'main maincontent primary',
  nav: 'nav navigation menu breadcrumb breadcrumbs navbar topnav pagination pager paging submenu sitemap toc skip mainnav menue',
  sidebar: 'sidebar side rail aside widget widgets rightcol leftcol secondary marginal sidecolumn rightcolumn',
  comment:
    'comment comments disqus reply replies respond kommentare kommentar commentlist discussion forum binhluan comentarios commentaires fb-comments ykien y-kien phanhoi',
  footer: 'footer foot copyright legal impressum colophon bottom footnav imprint',
  header: 'header head masthead banner topbar top branding logo',
  share:
    'share sharing social socials follow facebook twitter whatsapp sharebar shariff addthis sharethis bookmark sns print',
  related:
    'related recommend recommended recommendation recommendations more morenews popular trending mostread outbrain taboola teaser teasers readmore seealso similar lienquan tinlienquan latest further next previous prev also weiterlesen lesen read-also upnext crosslinks linkbox relacionadas suggestions mgid tinmoi tinkhac docnhieu xemthem voir',
  ad: 'ad ads advert advertisement adv sponsor sponsored promo promotion promoted banner anzeige werbung dfp adsbygoogle commercial affiliate shop product partner publicidad reklama adbox adslot quangcao qc pub publicite',
  caption:
    'caption credit credits legend bildunterschrift bildunterzeile copyright figcaption imagecaption wp-caption photocaption subtitle-image chuthich chu-thich chuthichanh',
  byline: 'byline meta info postmeta entrymeta articleinfo dateline published publish infos details-meta postinfo',
  tag: 'tag tags category categories topic topics keyword keywords label labels rubrik kicker section hashtag schlagworte schlagwort tagcloud',
  signup:
    'newsletter subscribe subscription signup login register paywall registration abo account member membership premium piano regwall form signin optin',
  consent: 'cookie cookies consent gdpr modal popup overlay cmp privacy dialog lightbox notice alert toast',
  standfirst:
    'standfirst lead lede summary intro deck dek excerpt abstract chapo sapo description subtitle subhead subheadline vorspann teaser-text subheading introduction lid leadtext bajada copete entradilla tomtat mota dan-nhap',
  title: 'title headline heading hed titre titel titulo titolo pagetitle tieude tieu-de titlenews titledetail',
  hidden: 'hidden hide sr visuallyhidden screenreader invisible noprint print-only collapsed offscreen',
  quote: 'quote pullquote blockquote quotation zitat pull',
  card: 'item card list grid tile carousel slider swiper slide slideshow row-item gallery thumb thumbnail feed',
  box: 'box infobox factbox factfile box-info kasten sidebox inset embed callout panel accordion',
  date: 'date time datetime timestamp pubdate datepublished published publishdate postdate updated modified datum fecha data ngay thoigian uhrzeit zeit entrydate created day thoi-gian publie',
  author:
    'author authors autor auteur writer byline vcard contributor journalist reporter tacgia autore redakteur bio profile creator tacgia tac-gia signature',
  media: 'image img photo picture video figure media player audio foto bild gallery galerie',
};

const BIT_OF_WORD = new Map<number, number>();
for (const name of HINT_NAMES)
  for (const word of WORDS[name].split(' '))
    BIT_OF_WORD.set(hashOf(word), (BIT_OF_WORD.get(hashOf(word)) ?? 0) | HINT[name]);

/** Longest class and id text read of one element, in characters: utility-class lists run into kilobytes. */
const MAX_HINT_TEXT = 400;
/** Most words of one element's class and id. */
const MAX_WORDS = 24;

/** The words of a class or id attribute by their hashes, the hints they give, a hash of them all, and their number on the page. */
export type ClassWords = { words: readonly number[]; bits: number; shape: number; at: number };

/** The words of a class or id attribute: split at punctuation, digits and camel case, lower case, joined forms kept too. */
export function classWords(text: string): string[] {
  const words: string[] = [];
  for (const token of text.slice(0, MAX_HINT_TEXT).split(/\s+/)) {
    const parts = token
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .filter((part) => part.length > 1);
    words.push(...parts);
    if (parts.length > 1) words.push(parts.join('-'));
    if (words.length >= MAX_WORDS) break;
  }
  return words;
}

const HYPHEN = 45;
const LETTER_FOLD = IS.letter << 16;
const isLower = (unit: number): boolean => unit >= 97 && unit <= 122;
const isUpper = (unit: number): boolean => unit >= 65 && unit <= 90;

/** Hashes the words that `classWords` would give. */
function hashClassWords(text: string): number[] {
  const words: number[] = [];
  const end = Math.min(text.length, MAX_HINT_TEXT);
  let at = 0;
  while (at < end && words.length < MAX_WORDS) {
    if (text.charCodeAt(at) <= 32) {
      at++;
      continue;
    }
    // One token: its parts, and the parts joined.
    let joined = HASH_START;
    let parts = 0;
    while (at < end) {
      let unit = text.charCodeAt(at);
      if (unit <= 32) break;
      let fold = foldOf(unit);
      if ((fold & LETTER_FOLD) === 0) {
        at++;
        continue;
      }
      const start = at;
      let hash = HASH_START;
      let together = parts > 0 ? Math.imul(joined ^ HYPHEN, HASH_FACTOR) : joined;
      let before = 0;
      while ((fold & LETTER_FOLD) !== 0 && !(isUpper(unit) && isLower(before))) {
        hash = Math.imul(hash ^ (fold & 0xffff), HASH_FACTOR);
        together = Math.imul(together ^ (fold & 0xffff), HASH_FACTOR);
        before = unit;
        if (++at >= end) break;
        unit = text.charCodeAt(at);
        fold = foldOf(unit);
      }
      if (at - start < 2) continue;
      words.push(hash);
      joined = together;
      parts++;
    }
    if (parts > 1) words.push(joined);
  }
  return words;
}

const CLASS = maskBit(ATTRIBUTE.class);
const ID = maskBit(ATTRIBUTE.id);
const NONE: ClassWords = { words: [], bits: 0, shape: 0, at: 0 };
/** What parts the hashes of a class and of an id. */
const BETWEEN = 0x20;

/** Reads the class and id attributes of one page; elements with the same ones share the result. */
export class ClassReader {
  readonly none = NONE;
  private readonly tape: Tape;
  /** By 53 bits of two hashes of both attributes: no text is cut out for elements that are like one seen before. */
  private readonly made = new Map<number, ClassWords>();
  private readonly mixed = new Int32Array(2);

  constructor(tape: Tape) {
    this.tape = tape;
  }

  /** The class words of an element; `mask` says which attributes it has. */
  read(node: number, mask: number): ClassWords {
    if ((mask & (CLASS | ID)) === 0) return NONE;
    const { tape, mixed } = this;
    mixed[0] = HASH_START;
    mixed[1] = 0;
    if ((mask & CLASS) !== 0) tape.mixAttribute(node, ATTRIBUTE.class, mixed);
    if ((mask & ID) !== 0) {
      mixed[0] = Math.imul((mixed[0] as number) ^ BETWEEN, HASH_FACTOR);
      tape.mixAttribute(node, ATTRIBUTE.id, mixed);
    }
    const key = ((mixed[0] as number) & 0x1fffff) * 0x1_0000_0000 + ((mixed[1] as number) >>> 0);
    const known = this.made.get(key);
    if (known) return known;
    const words = hashClassWords(
      `${tape.attributeOf(node, ATTRIBUTE.class) ?? ''} ${tape.attributeOf(node, ATTRIBUTE.id) ?? ''}`,
    );
    let bits = 0;
    let shape = 0;
    for (const word of words) {
      bits |= BIT_OF_WORD.get(word) ?? 0;
      shape = Math.imul(shape ^ word, HASH_FACTOR);
    }
    const made = words.length === 0 ? NONE : { words, bits, shape, at: this.made.size + 1 };
    this.made.set(key, made);
    return made;
  }
}

const ROLE_BITS: Record<string, number> = {
  navigation: HINT.nav,
  menu: HINT.nav,
  menubar: HINT.nav,
  complementary: HINT.sidebar,
  contentinfo: HINT.footer,
  banner: HINT.header,
  main: HINT.main,
  article: HINT.content,
  search: HINT.nav,
  dialog: HINT.consent,
  alert: HINT.consent,
};

const TAG_BITS: Record<string, number> = {
  nav: HINT.nav,
  menu: HINT.nav,
  aside: HINT.sidebar,
  footer: HINT.footer,
  header: HINT.header,
  main: HINT.main,
  article: HINT.content,
  figcaption: HINT.caption,
  figure: HINT.media,
  blockquote: HINT.quote,
  form: HINT.signup,
  dialog: HINT.consent,
  time: HINT.date,
  address: HINT.byline,
};

const BITS_OF_TAG = Int32Array.from(TAG_NAMES, (name) => TAG_BITS[name] ?? 0);

/** The hint bits that the number of an element's tag and its role give. */
export function hintsOfTag(tag: number, role: string | undefined): number {
  return (
    (tag < BITS_OF_TAG.length ? (BITS_OF_TAG[tag] as number) : 0) | (role ? (ROLE_BITS[role.toLowerCase()] ?? 0) : 0)
  );
}
