/** Cookies of one chain of redirects: some front doors set one and send the visitor round once more. */

/** More is no front door. */
const MAX_COOKIES = 20;
const MAX_COOKIE_CHARS = 2048;

/** Cookies by host, for as long as one fetch lasts. Attributes are not looked at: the chain is over before they matter. */
export type ChainCookies = {
  /** Keeps what a response sets, for its own host only. */
  keep(url: string, setCookie: readonly string[] | undefined): void;
  /** The Cookie header for a request, or null. */
  for(url: string): string | null;
};

/** Starts with none. */
export function openChainCookies(): ChainCookies {
  const byHost = new Map<string, Map<string, string>>();
  return {
    keep(url, setCookie) {
      if (setCookie === undefined) return;
      const { host } = new URL(url);
      const cookies = byHost.get(host) ?? new Map<string, string>();
      byHost.set(host, cookies);
      for (const line of setCookie) {
        const pair = (line.split(';', 1)[0] ?? '').trim();
        const at = pair.indexOf('=');
        if (at < 1 || pair.length > MAX_COOKIE_CHARS || !/^[\x21-\x7e]+$/.test(pair)) continue;
        if (cookies.size < MAX_COOKIES || cookies.has(pair.slice(0, at)))
          cookies.set(pair.slice(0, at), pair.slice(at + 1));
      }
    },
    for(url) {
      const cookies = byHost.get(new URL(url).host);
      if (cookies === undefined || cookies.size === 0) return null;
      return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    },
  };
}
