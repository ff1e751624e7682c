/** The suites of robots.txt: Google's, reppy's, crawler-commons'. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crawlDelaySeconds, isAllowed, parseRobots, pathOf } from '@newsloom/frontier';
import { equal, readCases, type Suite, tally } from './suite.ts';

type GoogleCase = {
  test: string;
  robotstxt?: string;
  robotstxt_base64?: string;
  useragent: string;
  url: string;
  allowed: boolean;
};

export const robotsGoogle: Suite = {
  name: 'robots-google',
  run(dir) {
    const { result, check } = tally();
    for (const c of readCases<GoogleCase[]>(dir, 'cases.json')) {
      const body = c.robotstxt_base64 === undefined ? (c.robotstxt ?? '') : Buffer.from(c.robotstxt_base64, 'base64');
      check(isAllowed(parseRobots(body), c.useragent, c.url) === c.allowed, () => `${c.test}: ${c.useragent} ${c.url}`);
    }
    return result;
  },
};

export const robotsGooglePaths: Suite = {
  name: 'robots-google-paths',
  folder: 'robots-google',
  run(dir) {
    const { result, check } = tally();
    for (const { url, path } of readCases<{ url: string; path: string }[]>(dir, 'path_params.json')) {
      check(pathOf(url) === path, () => `${url}: ${pathOf(url)} instead of ${path}`);
    }
    return result;
  },
};

type ReppyCase = { test: string; robotstxt: string; call: string; args: string[]; expected: unknown };
/** Where reppy and RFC 9309 part: the RFC gives rules before any agent to nobody, and unknown lines end no group. */
const REPPY_AGAINST_RFC = new Map([
  ['test_no_leading_user_agent', 'rules without a User-agent line belong to nobody (RFC 9309, 2.1)'],
  ['test_grouping_unknown_keys', 'an unknown line does not end a group (RFC 9309, 2.2.4)'],
  ['test_skip_malformed_line', 'a line without a colon is read, as Google reads it'],
]);

export const robotsReppy: Suite = {
  name: 'robots-reppy',
  run(dir) {
    const { result, check, leave } = tally();
    for (const c of readCases<ReppyCase[]>(dir, 'cases.json')) {
      const against = REPPY_AGAINST_RFC.get(c.test);
      const robots = parseRobots(c.robotstxt);
      const [first = '', second = ''] = c.args;
      const answer =
        c.call === 'allowed'
          ? isAllowed(robots, second, first)
          : c.call === 'sitemaps'
            ? robots.sitemaps
            : crawlDelaySeconds(robots, first);
      if (against !== undefined && !equal(answer, c.expected)) leave(`${c.test}: ${against}`);
      else check(equal(answer, c.expected), () => `${c.test}: ${c.args.join(' ')} gives ${JSON.stringify(answer)}`);
    }
    return result;
  },
};

const HOST = 'http://news.example';

/** What RFC 9309 says about crawler-commons' files, which come without answers: file, agent, path, allowed. */
const COMMONS_ACCESS: readonly (readonly [file: string, agent: string, path: string, allowed: boolean])[] = [
  ['rfc9309-example-simple-robots.txt', 'anybot', '/example/page.html', false],
  ['rfc9309-example-simple-robots.txt', 'anybot', '/x.gif', false],
  ['rfc9309-example-simple-robots.txt', 'anybot', '/publications/', true],
  ['rfc9309-example-simple-robots.txt', 'foobot', '/', false],
  ['rfc9309-example-simple-robots.txt', 'foobot', '/example/page.html', true],
  ['rfc9309-example-simple-robots.txt', 'foobot', '/example/allowed.gif', true],
  ['rfc9309-example-simple-robots.txt', 'foobot', '/x.gif', false],
  ['rfc9309-example-simple-robots.txt', 'barbot', '/example/page.html', false],
  ['rfc9309-example-simple-robots.txt', 'bazbot', '/example/page.html', false],
  ['rfc9309-example-simple-robots.txt', 'bazbot', '/x.gif', true],
  ['rfc9309-example-simple-robots.txt', 'quxbot', '/example/', true],
  ['rfc9309-example-longest-match-robots.txt', 'foobot', '/example/page/', true],
  ['rfc9309-example-longest-match-robots.txt', 'foobot', '/example/page/disallowed.gif', false],
  ['rfc9309-example-rule-group-merging.txt', 'ExampleBot', '/foo', false],
  ['rfc9309-example-rule-group-merging.txt', 'ExampleBot', '/baz', false],
  ['rfc9309-example-rule-group-merging.txt', 'BazBot', '/foo', true],
  ['rfc9309-example-rule-group-merging.txt', 'BazBot', '/baz', false],
  ['rfc9309-example-rule-group-merging.txt', 'other', '/bar', false],
  ['merge-rules.txt', 'wget', '/foo/bar', true],
  ['merge-rules.txt', 'wget', '/tmp/bar', false],
  ['merge-rules.txt', 'wget', '/ckh/bar', true],
  ['merge-rules.txt', 'anybot', '/foo/bar', false],
  ['merge-rules.txt', 'curl', '/foo/bar', false],
  ['precedence-of-rules.txt', 'testy', '/foo/', false],
  ['precedence-of-rules.txt', 'testy', '/foo/bar', true],
  ['precedence-of-rules.txt', 'testy', '/foo/biz', false],
  ['precedence-of-rules.txt', 'wget', '/index.html', true],
  ['precedence-of-rules.txt', 'wget', '/foo/x', true],
  ['directive-typos-robots.txt', 'bot1', '/desallow/', false],
  ['directive-typos-robots.txt', 'bot1', '/dissalow/', false],
  ['directive-typos-robots.txt', 'bot2', '/useragent/', false],
  ['directive-typos-robots.txt', 'bot3', '/useg-agent/', false],
  ['directive-typos-robots.txt', 'bot4', '/useragent-no-colon/', false],
  ['directive-typos-robots.txt', 'bot4', '/useragent/', true],
  ['format-errors-robots.txt', 'bot1', '/whitespace-before-colon/', false],
  ['format-errors-robots.txt', 'bot1', '/no-colon/', false],
  ['format-errors-robots.txt', 'bot2', '/no-colon-useragent/', false],
  ['format-errors-robots.txt', 'bot3', '/whitespace-before-colon', true],
  ['format-errors-robots.txt', 'bot3', '/', false],
  ['crawl-delay-group-merging.txt', 'mybot', '/private/', false],
  ['crawl-delay-group-merging.txt', 'mybot', '/login/', true],
  ['crawl-delay-group-merging.txt', 'yourbot', '/private/', false],
  ['crawl-delay-group-merging.txt', 'yourbot', '/login/', false],
  ['crawl-delay-group-merging.txt', 'other', '/private/', true],
  ['extensions-group-merging.txt', 'mybot', '/private/', false],
  ['extensions-group-merging.txt', 'yourbot', '/login/', false],
  ['extensions-group-merging.txt', 'other', '/llms.txt', true],
  ['extensions-group-merging.txt', 'other', '/x', false],
  ['extended-standard-robots.txt', 'bot1', '/x', true],
  ['extended-standard-robots.txt', 'bot3', '/x', true],
  ['extension-robots.txt', 'mybot', '/private/', false],
  ['extension-robots.txt', 'otherbot', '/private/', true],
  ['extension-robots.txt', 'other', '/admin/', true],
  ['malformed-path.txt', 'bot', '/wiki/Wikipedia_talk:Mediation_Committee/', false],
  ['malformed-path.txt', 'bot', '/wiki/Wikipedia_talk%3Mediation_Committee/', false],
  ['malformed-path.txt', 'bot', '/wiki/Wikipedia', true],
  ['many-user-agents.txt', 'ChinaClaw', '/', false],
  ['many-user-agents.txt', 'wget', '/', false],
  ['many-user-agents.txt', 'mybot', '/', true],
  ['relative-sitemap-robots.txt', 'bot', '/cache/x', false],
  ['robots-with-utf8-bom.txt', 'foobot', '/profile', false],
  ['robots-with-utf16le-bom.txt', 'foobot', '/profile', false],
  ['robots-with-utf16be-bom.txt', 'foobot', '/profile', false],
  ['robots-with-utf16be-bom.txt', 'googlebot', '/a/output/print', false],
  ['robots-with-utf8-bom.txt', 'googlebot', '/foo', true],
  ['twitter.com-robots.txt', 'googlebot', '/kkrugler/with_friends', false],
  ['twitter.com-robots.txt', 'anybot', '/kkrugler?x', false],
  ['twitter.com-robots.txt', 'anybot', '/kkrugler', true],
  ['wildcards.txt', 'bot', '/gp/cart/x', false],
  ['wildcards.txt', 'bot', '/gp/news', true],
  ['www.flot.com-robots.txt', 'bot', '/img/x.gif', false],
  ['www.flot.com-robots.txt', 'bot', '/news', true],
];
/** File, agent, crawl delay in seconds. */
const COMMONS_DELAYS: readonly (readonly [file: string, agent: string, seconds: number | null])[] = [
  ['astore.amazon.com-robots.txt', 'bot', 5],
  ['dos-line-endings.txt', 'bot', 1],
  ['crawl-delay-group-merging.txt', 'mybot', 10],
  ['crawl-delay-group-merging.txt', 'other', 30],
  ['twitter.com-robots.txt', 'slurp', 1],
  ['twitter.com-robots.txt', 'msnbot', 10],
  ['twitter.com-robots.txt', 'googlebot', null],
];
/** File, its sitemaps. */
const COMMONS_SITEMAPS: readonly (readonly [file: string, sitemaps: string[]])[] = [
  ['relative-sitemap-robots.txt', [`${HOST}/sitemap.xml`]],
  ['sitemap-robots-dedup.txt', ['http://example.org/sitemap.xml']],
  [
    'sitemap-robots.txt',
    [
      'http://domain.com/sitemap.xml',
      'http://domain.com/dir/my-sitemap.xml',
      'http://domain.com/dir/MixedCased-sitemap.xml',
    ],
  ],
  ['format-errors-robots.txt', [`${HOST}/sitemap.xml`]],
  ['www.flot.com-robots.txt', ['http://flot.com/sitemap_index.xml']],
  ['robots-with-utf16le-bom.txt', ['http://www.newsweek.com/sitemap_index.xml']],
  ['robots-with-utf16be-bom.txt', ['http://www.newsweek.com/sitemap_index.xml']],
];

export const robotsCrawlerCommons: Suite = {
  name: 'robots-crawlercommons',
  run(dir) {
    const { result, check } = tally();
    const read = (file: string) => parseRobots(readFileSync(join(dir, file)), `${HOST}/robots.txt`);
    for (const [file, agent, path, allowed] of COMMONS_ACCESS) {
      check(
        isAllowed(read(file), agent, HOST + path) === allowed,
        () => `${file}: ${agent} ${path} should be ${allowed}`,
      );
    }
    for (const [file, agent, seconds] of COMMONS_DELAYS) {
      const answer = crawlDelaySeconds(read(file), agent);
      check(answer === seconds, () => `${file}: ${agent} waits ${answer} instead of ${seconds}`);
    }
    for (const [file, sitemaps] of COMMONS_SITEMAPS) {
      check(equal(read(file).sitemaps, sitemaps), () => `${file}: ${read(file).sitemaps.join(' ')}`);
    }
    return result;
  },
};
