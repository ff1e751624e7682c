/** What the notes of fetches, readings and renderings mean, as parts of sentences for people. */
import { TRAP_WORDS } from './trap-sentences.ts';

/** Why an address is never asked for, or no longer. */
export const EXCLUDED: Record<string, string> = {
  robots: 'robots.txt of its host forbids it',
  'out-of-scope': 'it does not belong to the source that is followed',
  'other-host': "its host does not belong to its source's scope",
  'other-path': "no prefix of its source's scope fits",
  'not-included': "no include pattern of its source's scope fits",
  'excluded-pattern': "an exclude pattern of its source's scope fits",
  'too-deep': "it lies deeper than its source's scope allows",
  'private-address': 'it leads to a private network address, and NEWSLOOM_ALLOW_PRIVATE does not name it',
  trap: 'it looks like one of endlessly many generated addresses',
  ...TRAP_WORDS,
  'too-many-redirects': 'it was redirected too often',
  nofollow: 'the page asks not to follow its links',
  'unsupported-scheme': 'it is no plain http or https address',
  'bad-port': 'its port is not one for web pages',
  'bad-url': 'it is not a valid address',
  'too-large': 'the response was larger than allowed (NEWSLOOM_MAX_WIRE_BYTES, NEWSLOOM_MAX_BODY_BYTES)',
  bomb: 'the response unpacked to far more than text does (NEWSLOOM_MAX_RATIO)',
  'headers-too-large':
    'the response had more headers than allowed, or larger ones (NEWSLOOM_MAX_HEADER_BYTES, NEWSLOOM_MAX_HEADERS)',
  'not-text': 'it serves neither text nor markup',
  'http-451': 'the publisher withholds it for legal reasons (status 451)',
};

/** Why a fetch failed, where the note is not an HTTP status. */
export const FAILING: Record<string, string> = {
  dns: "the host's name could not be resolved",
  connect: 'no connection to the host could be made',
  tls: 'no secure connection could be made: its certificate is not valid for this host, or it speaks no TLS',
  timeout: 'the answer took too long',
  'too-slow': 'the answer came in too slowly',
  reset: 'the connection broke off',
  aborted: 'the fetch was broken off',
  failed: 'the request failed in a way that has no name here',
  empty: 'the answer was empty',
  'bad-response': 'the answer was not valid HTTP',
  'bad-length': 'the answer was not as long as it said',
  'bad-encoding': 'the answer was compressed in a way that cannot be undone, or too many times over',
  'bad-redirect': 'it redirects to something that is no address',
  'redirect-loop': 'it redirects in a circle',
  'too-many-redirects': 'it was redirected too often',
  'robots-unreachable': 'its host does not hand out robots.txt at the moment, and without it nothing may be asked',
};

/** Why a page could not be rendered. */
export const NOT_RENDERED: Record<string, string> = {
  'no-renderer': 'no renderer took it, so none may be running',
  'render-crashed': 'its scripts took more memory than NEWSLOOM_RENDER_MEMORY_MB, or crashed the browser',
  'render-hung': 'its scripts let nobody in before NEWSLOOM_RENDER_DEADLINE_MS',
};

/** Why a capture became no document. */
export const NO_DOCUMENT: Record<string, string> = {
  front: 'it is a front page, whose links were offered to the frontier',
  section: 'it is followed as a section, whose links were offered to the frontier',
  feed: 'it is a feed, whose items were offered to the frontier',
  sitemap: 'it is a sitemap, whose addresses were offered to the frontier',
  duplicate: 'the same article was read from another address',
  'no-article': 'no article was found in it',
  'soft-404': 'it says that the page does not exist, whatever its status',
  'capture-expired': 'its bytes are no longer kept',
  'body-lost': 'its bytes are no longer kept',
  'needs-browser': 'its text is made by scripts, and a browser was asked for',
  'rendered-before': 'its text is made by scripts, and a browser has read it before',
  'not-kept': 'its publisher wants no copy kept, and it was read before',
  noindex:
    'its publisher wants it in no index (noindex, or unavailable_after a date that has passed), and NEWSLOOM_NOINDEX is skip',
  gallery: 'it is a picture gallery',
  video: 'it is a video page',
  live: 'it is a live ticker',
  login: 'it asks for a login',
  'consent-wall': 'it asks for consent instead of showing its text',
  refused: 'it turns robots away, whatever its status',
  'login-wall': 'it asks for a login',
  consent: 'it asks for consent instead of showing its text',
  error: 'it is an error page',
  other: 'it is no article',
};
