/** What a publisher says about the use of a page, outside robots.txt: X-Robots-Tag, TDM reservation, content signals. */

/** Directives that have a value after a colon; any other name before a colon is an agent's. */
const VALUED = new Set(['unavailable_after', 'max-snippet', 'max-image-preview', 'max-video-preview']);
const MAX_DIRECTIVES = 50;

/**
 * The directives of an X-Robots-Tag header that concern `agent`, in lower case: those for everybody and those under its
 * product token (`newsloom: nofollow`). Several header lines may be joined by commas. Also reads a robots meta element.
 */
export function robotsDirectives(header: string | null | undefined, agent: string): string[] {
  if (!header) return [];
  const token = agent.toLowerCase();
  const found = new Set<string>();
  let ours = true;
  for (const part of header.toLowerCase().split(',')) {
    const named = /^\s*([\w.-]+)\s*:\s*(.*)$/s.exec(part);
    const prefix = named !== null && !VALUED.has(named[1] ?? '') ? named[1] : undefined;
    if (prefix !== undefined) ours = prefix === token;
    const directive = (prefix === undefined ? part : (named?.[2] ?? '')).trim();
    if (ours && directive !== '' && found.size < MAX_DIRECTIVES) found.add(directive);
  }
  // `none` is short for both: Google's robots meta tag documentation.
  if (found.delete('none')) found.add('noindex').add('nofollow');
  return [...found];
}

/** What is known of a page's terms. Header values as they came. */
export type Terms = {
  xRobotsTag?: string | null;
  /** `tdm-reservation`: the W3C group's text and data mining reservation protocol. */
  tdmReservation?: string | null;
  /** Values of `Content-Signal:` lines of robots.txt. */
  contentSignals?: readonly string[];
  /** Directives of the page's robots meta elements. */
  meta?: readonly string[];
};

/**
 * The opt-outs a publisher states for a page, each once, in the order found: `noindex`, `nofollow`, `noarchive`, `nosnippet`,
 * `noai`, `noimageai`, `tdm-reservation`, and content signals that say no (`ai-train=no`). To be kept with the capture.
 */
export function optOutsOf(terms: Terms, agent: string): string[] {
  const directives = [
    ...robotsDirectives(terms.xRobotsTag, agent),
    ...(terms.meta ?? []).map((word) => word.toLowerCase()),
  ];
  const found = new Set(directives.filter((directive) => OPT_OUTS.has(directive)));
  if (terms.tdmReservation?.trim() === '1') found.add('tdm-reservation');
  for (const signal of terms.contentSignals ?? []) {
    for (const [, name] of signal.toLowerCase().matchAll(/([a-z-]+)\s*=\s*no\b/g)) found.add(`${name}=no`);
  }
  return [...found];
}

const OPT_OUTS = new Set(['noindex', 'nofollow', 'noarchive', 'nosnippet', 'noai', 'noimageai']);
