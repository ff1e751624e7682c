/** Judges what a page is: an article, or one of the other kinds, with the note that counts it. */
import type { PageKind } from '@newsloom/model';
import type { PageFacts } from './facts.ts';
import { HINT } from './hints.ts';
import type { BodyChoice } from './render.ts';
import { countWords } from './words.ts';

/** Fewest words of a body that alone make an article; short notices with a date and a headline need fewer. */
const ARTICLE_WORDS = 80;
const NOTICE_WORDS = 20;
/** A list of summaries can add up to this many words of seeming body. */
const SECTION_WORDS = 200;
/** Above this share of link text over the whole page, with many links, a page is a list. */
const LIST_LINK_SHARE = 0.6;

const ERROR_TITLE =
  /\b(?:404|410|not found|page introuvable|nicht gefunden|no encontrada|não encontrada|non trovata|niet gevonden|nie znaleziono|не найдена|không tìm thấy|sayfa bulunamadı|error 5\d\d|access denied|forbidden|just a moment|attention required)\b/iu;
const CONSENT_TITLE = /consent|cookie|zustimmung|einwilligung|before you continue|datenschutz-einstellungen/iu;
const LOGIN_TITLE = /^(?:log ?in|sign ?in|anmelden|login|connexion|iniciar sesión|đăng nhập|войти)\b/iu;

/** A verdict with its note; articles have none. */
export type KindVerdict = { kind: PageKind; note: string | null };

/** Judges a page by its address, its own declarations and what was found of a body. */
export function judgeKind(facts: PageFacts, body: string, choice: BodyChoice, hasDate: boolean): KindVerdict {
  const words = countWords(body, SECTION_WORDS);
  const title = facts.survey.title ?? '';
  const path = pathOf(facts.context.url);
  const ogType = facts.metas.get('og:type')?.[0]?.toLowerCase() ?? '';
  const declared =
    ogType === 'article' || facts.linked.articles.some((one) => /article|posting|report/i.test(one.type));
  if (facts.context.asArticle)
    return words > 0 ? { kind: 'article', note: null } : { kind: 'other', note: 'no-article' };
  if (ERROR_TITLE.test(title) && words < 150) return { kind: 'error', note: 'soft-404' };
  if (CONSENT_TITLE.test(title) && words < 200 && !declared) return { kind: 'consent', note: 'consent-wall' };
  if ((facts.survey.passwordField && words < 60 && !declared) || (LOGIN_TITLE.test(title) && words < 120))
    return { kind: 'login', note: 'login-wall' };

  let chars = 0;
  let linkChars = 0;
  let teasers = 0;
  for (const block of facts.survey.blocks) {
    chars += block.text.length;
    linkChars += block.linkChars;
    if (/^h[2-4]$/.test(block.box.name) && block.linkChars * 2 > block.text.length) teasers++;
  }
  const linkShare = chars === 0 ? 0 : linkChars / chars;
  const bodyShare = chars === 0 ? 0 : body.length / chars;
  const isRoot = path === '/' || path === '' || /^\/(?:index\.\w+|home|[a-z]{2})\/?$/.test(path);
  if (isRoot && !(declared && ogType === 'article')) return { kind: 'front', note: 'front' };
  if (facts.linked.types.has('LiveBlogPosting')) return { kind: 'live', note: 'live' };
  const sectionPath =
    /\/(?:tags?|topics?|category|categories|section|author|authors|search|archive|archives|rubrique|thema|chu-de|page)(?:\/|$)/i.test(
      path,
    );
  if (sectionPath && !declared) return { kind: 'front', note: 'front' };
  // A list page has many linked headlines of which the longest body is but a small part.
  if (!declared && teasers >= 8 && (bodyShare < 0.25 || words < 150)) return { kind: 'front', note: 'front' };
  // A small section has few teasers, each with its own date; its address and the lack of running text tell it apart.
  if (!declared && teasers > 0 && words < SECTION_WORDS && isSectionPath(path)) return { kind: 'front', note: 'front' };
  if (!declared && !hasDate && linkShare > LIST_LINK_SHARE && words < 150) return { kind: 'front', note: 'front' };
  if (words < NOTICE_WORDS || choice.first < 0) {
    if (facts.survey.videoPlayers > 0 && (/video/.test(ogType) || /\/videos?\//i.test(path)))
      return { kind: 'video', note: 'video' };
    if (facts.survey.images.filter((image) => (image.box.hints & HINT.media) !== 0).length > 10 && declared)
      return { kind: 'gallery', note: 'gallery' };
    return { kind: 'other', note: 'no-article' };
  }
  if (words >= ARTICLE_WORDS || declared || hasDate) return { kind: 'article', note: null };
  return { kind: 'other', note: 'no-article' };
}

/** An address that names a section and no article: short words without digits, no file name. */
function isSectionPath(path: string): boolean {
  const segments = path.split('/').filter(Boolean);
  return (
    segments.length <= 3 &&
    segments.every((segment) => /^[^\d.]{1,30}$/.test(segment) && segment.split('-').length <= 4)
  );
}

function pathOf(url: string): string {
  try {
    return new URL(url).pathname;
  } catch {
    return '';
  }
}
