/** Bodies that are no plain run of paragraphs: live reports, galleries, interviews, texts that only scripts hold. */
import { describe, expect, test } from 'vitest';
import { readPage, toHtml, toMarkdown } from './index.ts';

const read = (html: string, url = 'https://daily.example/city/storm-on-the-coast-104512.html', asArticle = false) =>
  readPage(Buffer.from(html), { url, fetchedAt: '2026-01-01T00:00:00Z', structured: true, asArticle });
const page = (title: string, body: string, head = '') =>
  `<!doctype html><html><head><title>${title} - Daily Example</title>${head}</head><body>
<nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/city/">City</a></li></ul></nav>${body}
<aside class="related"><h3>Latest</h3><ul><li>11:02 <a href="/a.html">Another thing that happened elsewhere today</a></li><li>10:47 <a href="/b.html">A second thing that happened elsewhere</a></li><li>10:12 <a href="/c.html">A third thing that happened elsewhere</a></li></ul></aside>
<footer class="footer"><a href="/imprint">Imprint</a></footer></body></html>`;
const SENTENCES = [
  'The harbour office has closed both gates, and the last ferry came back with forty people on board.',
  'Wind on the outer mole has reached one hundred and ten kilometres an hour, the weather service says.',
  'Two streets behind the fish market are under water; nobody has been hurt so far.',
  'Schools along the coast stay closed tomorrow, the council has decided after a short meeting.',
];
const ld = (value: object) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`;

describe('a live report', () => {
  const entry = (time: string, text: string, headline = '') =>
    `<div class="entry"><time datetime="2026-01-01T${time}:00+01:00">${time}</time>${headline}<p>${text}</p><div class="share"><a href="#">Share</a></div></div>`;
  const entries = SENTENCES.map((text, at) => entry(`1${4 - at}:05`, text, at === 1 ? '<h3>Wind grows</h3>' : '')).join(
    '',
  );
  const times = ['14:05', '13:05', '12:05', '11:05'];

  test.each([
    [
      'in JSON-LD',
      page(
        'Storm on the coast',
        `<h1>Storm on the coast</h1><div class="log">${entries}</div>`,
        ld({ '@type': 'LiveBlogPosting', headline: 'Storm on the coast' }),
      ),
    ],
    [
      'in its title',
      page('Live: storm on the coast', `<h1>Live: storm on the coast</h1><div class="log">${entries}</div>`),
    ],
    [
      'in its title, in Vietnamese',
      page(
        'Trực tiếp bão đổ bộ',
        `<h1>Trực tiếp bão đổ bộ</h1><ul>${SENTENCES.map((text, at) => `<li><b>${times[at]}</b><p>${text}</p></li>`).join('')}</ul>`,
      ),
    ],
    [
      'in its title, in German',
      page(
        'Liveticker: Sturm',
        `<h1>Liveticker: Sturm</h1>${SENTENCES.map((text, at) => `<h4>${times[at]} Uhr</h4><p>${text}</p>`).join('')}`,
      ),
    ],
  ])('that says so %s keeps all its entries in page order, their times as subheads', (_, html) => {
    const found = read(html);
    expect(found).toMatchObject({ kind: 'live', note: 'live' });
    const { body = '', structure = [] } = found.article ?? {};
    const places = SENTENCES.map((text) => body.indexOf(text));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    const heads = structure.filter((part) => part.kind === 'heading').map((part) => body.slice(part.start, part.end));
    for (const time of times) expect(heads.some((head) => head.startsWith(time))).toBe(true);
    expect(body).not.toMatch(/Share|Another thing|Imprint/);
    expect(body.startsWith(found.article?.title ?? '')).toBe(false);
    expect(toMarkdown(body, structure)).toContain(`### ${times[0]}`);
  });

  test('that shows next to nothing is read from its JSON-LD', () => {
    const updates = SENTENCES.map((text, at) => ({
      '@type': 'BlogPosting',
      headline: `Entry ${at + 1}`,
      datePublished: `2026-01-01T1${4 - at}:05:00+01:00`,
      articleBody: at === 2 ? `<p>${text}</p><p>More follows.</p>` : text,
    }));
    const found = read(
      page(
        'Storm',
        '<h1>Storm</h1><div id="log">Loading</div>',
        ld({
          '@type': 'LiveBlogPosting',
          headline: 'Storm on the coast',
          datePublished: '2026-01-01T09:00:00+01:00',
          liveBlogUpdate: updates,
        }),
      ),
    );
    expect(found.kind).toBe('live');
    expect(found.article).toMatchObject({ title: 'Storm on the coast', date: { value: '2026-01-01T09:00:00+01:00' } });
    expect(found.article?.provenance.body).toMatchObject({ from: 'json-ld', at: 'liveBlogUpdate, 4 entries' });
    expect(found.article?.body.split('\n\n').slice(0, 6)).toEqual([
      '14:05',
      'Entry 1',
      SENTENCES[0],
      '13:05',
      'Entry 2',
      SENTENCES[1],
    ]);
    expect(toHtml(found.article?.body ?? '', found.article?.structure ?? [])).toContain(
      '<h3>14:05</h3>\n<h3>Entry 1</h3>\n<p>The harbour',
    );
    expect(found.article?.body).toContain('More follows.');
  });

  test('a report whose entries go over days says the day of each', () => {
    const updates = SENTENCES.map((articleBody, at) => ({
      '@type': 'BlogPosting',
      datePublished: `2026-01-0${at + 1}T08:30:00Z`,
      articleBody,
    }));
    expect(
      read(page('Storm', '<h1>Storm</h1>', ld({ '@type': 'LiveBlogPosting', liveBlogUpdate: updates }))).article?.body,
    ).toContain('2026-01-02 08:30');
  });

  test('a thread of comments with their times is none', () => {
    const comments = SENTENCES.map((text) => `<div class="comment"><time>14:05</time><p>${text}</p></div>`).join('');
    const found = read(
      page(
        'Live music returns',
        `<article><h1>Live music returns</h1><p>${SENTENCES.join(' ')} ${SENTENCES.join(' ')}</p></article><section class="comments">${comments}</section>`,
      ),
    );
    expect(found.kind).toBe('article');
  });
});

describe('a gallery', () => {
  const slide = (n: number, text: string) =>
    `<figure class="slide"><img src="/img/storm-${n}.jpg" width="900" height="600" alt="Picture ${n}"><figcaption>${text} <span class="credit">Photo: Jan Roth</span></figcaption></figure>`;
  const slides = [...SENTENCES, ...SENTENCES.map((text) => `Later: ${text}`)]
    .map((text, at) => slide(at, text))
    .join('');

  test.each([
    ['in its address', 'https://daily.example/gallery/storm-104512.html', ''],
    ['in JSON-LD', undefined, ld({ '@type': 'ImageGallery', name: 'Storm' })],
    ['by its pictures alone', undefined, ''],
  ])('that says so %s has its captions for text, each with its picture', (_, url, head) => {
    const found = read(page('Storm', `<h1>Storm</h1><p>Nine hours on the coast.</p>${slides}`, head), url);
    expect(found).toMatchObject({ kind: 'gallery', note: 'gallery' });
    const { body = '', structure = [] } = found.article ?? {};
    for (const text of SENTENCES) expect(body).toContain(text);
    const pictures = structure.filter((part) => part.kind === 'image');
    expect(pictures).toHaveLength(8);
    for (const part of pictures) expect(body.slice(part.start, part.end)).toBe(part.caption);
    const html = toHtml(body, structure);
    expect(html.match(/<figcaption>/g)).toHaveLength(8);
    expect(html.split(SENTENCES[0] as string)).toHaveLength(3);
  });

  test('an article with pictures is none, and its captions are no text', () => {
    const text = SENTENCES.map((one) => `<p>${one} ${one.toLowerCase()} ${SENTENCES.join(' ')}</p>`).join('');
    const found = read(page('Storm', `<article><h1>Storm</h1>${slides}${text}</article>`));
    expect(found.kind).toBe('article');
    expect(found.article?.body).not.toContain('Photo: Jan Roth');
    expect(found.article?.structure?.filter((part) => part.kind === 'image').length).toBeGreaterThan(0);
  });
});

test('the questions of an interview stay where they are, and stressed', () => {
  const turns = SENTENCES.map(
    (text, at) =>
      `<p><strong>What happened in hour ${at + 1}, and who was there?</strong></p><p>${text} I was there myself, and so were many others from the town.</p>`,
  ).join('');
  const { article } = read(
    page('The harbour master speaks', `<article><h1>The harbour master speaks</h1>${turns}</article>`),
  );
  const lines = article?.body.split('\n\n') ?? [];
  expect(lines).toHaveLength(8);
  expect(lines[2]).toBe('What happened in hour 2, and who was there?');
  expect(article?.structure?.[2]).toMatchObject({ marks: [{ kind: 'strong' }] });
});

describe('the text that only scripts hold', () => {
  const long = [...SENTENCES, ...SENTENCES.map((text) => `In the evening: ${text}`)];
  const html = long.map((text) => `<p>${text}</p>`).join('');
  const expected = long.join('\n\n');
  const js = (value: unknown) => JSON.stringify(value).replaceAll('</', '<\\/');
  const stream = (text: string) => `<script>self.__next_f.push(${js([1, text])})</script>`;

  test.each<[string, string, string]>([
    [
      '__NEXT_DATA__',
      `<script id="__NEXT_DATA__" type="application/json">${js({ props: { article: { body: html } } })}</script>`,
      'script state',
    ],
    [
      'a name of window',
      `<script>window.__INITIAL_STATE__ = ${js({ story: { paragraphs: long.map((text) => ({ text })) } })};</script>`,
      'script state',
    ],
    [
      'a name of window beside code',
      `<script>(function(){var a={b:1};window.__STATE__=${js({ article: { content: html } })};go(a);})()</script>`,
      'script state',
    ],
    [
      'JSON.parse of a text',
      `<script>window.__DATA__ = JSON.parse(${js(js({ content: html }))});</script>`,
      'script state',
    ],
    [
      'JSON.parse of a text in single quotes',
      `<script>window.D=JSON.parse('${js({ content: html }).replaceAll('\\', '\\\\').replaceAll("'", "\\'")}')</script>`,
      'script state',
    ],
    [
      'elements of Fusion',
      `<script>Fusion=window.Fusion||{};Fusion.globalContent=${js({ content_elements: long.map((content) => ({ type: 'text', content })) })};</script>`,
      'script state',
    ],
    [
      'a normalised store',
      `<script>window.__APOLLO_STATE__=${js({ 'Article:1': { body: long.map((_, at) => ({ __ref: `Paragraph:${at}` })) }, ...Object.fromEntries(long.map((text, at) => [`Paragraph:${at}`, { text }])) })}</script>`,
      'script state',
    ],
    [
      'pieces of rich text',
      `<script type="application/json">${js({
        doc: long.map((text) => ({
          nodeType: 'paragraph',
          content: [
            { nodeType: 'text', value: text.slice(0, 20) },
            { nodeType: 'text', value: text.slice(20) },
          ],
        })),
      })}</script>`,
      'script state',
    ],
    [
      'rows of a stream, as markup',
      `${stream('1:"x"\n2:["a"]\n')}${stream(`24:T${Buffer.byteLength(html).toString(16)},${html.slice(0, 300)}`)}${stream(`${html.slice(300)}9:{"a":1}\n`)}`,
      'script state',
    ],
    [
      'rows of a stream, as elements',
      stream(
        `5:${JSON.stringify(['$', 'div', null, { children: long.map((children) => ['$', 'p', null, { children: [children.slice(0, 9), ['$', 'b', null, { children: children.slice(9) }]] }]) }])}\n`,
      ),
      'script state',
    ],
    ['a template', `<template id="story">${html}</template>`, 'template'],
    [
      'escaped markup',
      `<script type="application/json">${js({ content: html.replaceAll('<', '&lt;').replaceAll('>', '&gt;') })}</script>`,
      'script state',
    ],
  ])('is found in %s', (_, script, at) => {
    const found = read(page('Storm', `<h1>Storm</h1><div id="app"></div>${script}`), undefined, true);
    expect(found.article?.provenance.body).toMatchObject({ from: 'text', at });
    expect(found.article?.body).toBe(expected);
  });

  test('is found in JSON-LD, with blank lines between its paragraphs', () => {
    for (const articleBody of [
      long.join('\n'),
      long.join('\r\n\r\n'),
      html,
      html.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    ])
      expect(
        read(page('Storm', '<h1>Storm</h1>', ld({ '@type': 'NewsArticle', headline: 'Storm', articleBody }))).article
          ?.body,
      ).toBe(expected);
  });

  test('is read where noscript shows it', () => {
    const found = read(page('Storm', `<h1>Storm</h1><noscript>${html}</noscript>`), undefined, true);
    expect(found.article?.body).toBe(expected);
  });

  test('is taken whole where the page shows but its beginning', () => {
    const shown = `<article><h1>Storm</h1>${long
      .slice(0, 4)
      .map((text) => `<p>${text}</p>`)
      .join('')}</article>`;
    const { article } = read(
      page('Storm', shown, ld({ '@type': 'NewsArticle', headline: 'Storm', articleBody: long.join('\n') })),
    );
    expect(article?.body).toBe(expected);
    expect(article?.provenance.body).toMatchObject({ from: 'json-ld', over: [{ from: 'visible' }] });
  });

  test('leaves out captions and places held for advertisements', () => {
    const more = `<div class="caption"><p>The mole at noon.</p></div>$$AD$$${html}[[video-12]]`;
    const script = `<script type="application/json">${js({ content: more })}</script>`;
    expect(read(page('Storm', `<h1>Storm</h1>${script}`), undefined, true).article?.body).toBe(expected);
  });

  test('says what was there beside the text that is shown', () => {
    const { article } = read(
      page(
        'Storm',
        `<article><h1>Storm</h1>${html}</article>`,
        ld({ '@type': 'NewsArticle', headline: 'Storm', articleBody: long.slice(0, 2).join('\n') }),
      ),
    );
    expect(article?.provenance.body).toMatchObject({
      from: 'visible',
      over: [{ from: 'json-ld', value: expect.stringContaining('articleBody') }],
    });
  });
});
