/** How a page was read, as a page for people: the fields with what they were chosen over, the blocks with why. */
import type { ExplainedBlock } from '@newsloom/extract';
import type { FieldOrigin, PageDate, ReadPage } from '@newsloom/model';

/** Everything is escaped: what a page says stays text here. */
const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/(?![\t\n\r])\p{Cc}/gu, '\ufffd');

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2321; --paper: #faf7f1; --kept: #d6ebcf; --dropped: #5a645f; --rule: #ddd6c8 }
@media (prefers-color-scheme: dark) { :root { --ink: #e9e5db; --paper: #161a19; --kept: #274a22; --dropped: #a5aea9; --rule: #37403d } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
h1 { line-height: 1.2 } h2 { margin: 2rem 0 .5rem } a { color: inherit } i, .facts, small { color: var(--dropped) }
.wide { overflow-x: auto } table { border-collapse: collapse; width: 100%; min-width: 40rem }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--rule); overflow-wrap: anywhere }
th { white-space: nowrap } td:nth-child(2) { width: 40% } td:nth-child(n+3) { font-size: .875rem }
ol { list-style: none; padding: 0; margin: 0 } li { padding: .4rem .7rem; margin: .3rem 0; border-left: 4px solid var(--rule) }
li.kept, .key.kept { background: var(--kept); border-color: currentColor } li.dropped p { color: var(--dropped); text-decoration: line-through }
li p { margin: 0; white-space: pre-line } li small { display: block } .key { padding: 0 .5rem; border: 1px solid var(--rule) }
summary { cursor: pointer; padding: .4rem .7rem; color: var(--dropped) }`;

/** The whole HTML page. */
export function explainHtml(page: ReadPage, blocks: readonly ExplainedBlock[], url: string): string {
  const { article } = page;
  const kept = blocks.filter((block) => block.kept).length;
  const fields: [string, string | null, FieldOrigin | undefined][] = article
    ? [
        ['title', article.title, article.provenance.title],
        ['date', dated(article.date), article.provenance.date],
        ['date modified', dated(article.dateModified), article.provenance.dateModified],
        ['authors', article.authors.join(', '), article.provenance.authors],
        ['agencies', article.agencies.join(', '), article.provenance.agencies],
        ['language', article.lang, article.provenance.lang],
        ['image', article.image, article.provenance.image],
        ['its caption', article.imageCaption ?? null, undefined],
        ['standfirst', article.description, article.provenance.description],
        ['section', article.section, article.provenance.section],
        ['tags', article.tags.join(', '), article.provenance.tags],
        ['body', `${article.body.length} characters`, article.provenance.body],
        ['canonical address', page.canonicalUrl, article.provenance.canonicalUrl],
        ['marks', page.robots.join(', '), article.provenance.directives],
      ]
    : [
        ['canonical address', page.canonicalUrl, undefined],
        ['marks', page.robots.join(', '), undefined],
      ];
  const kind = [page.kind, page.note !== undefined && page.note !== page.kind ? page.note : '', page.why ?? '']
    .filter(Boolean)
    .join(' · ');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(article?.title ?? url)}</title><style>${STYLE}</style>
<h1>${escaped(article?.title ?? 'No article')}</h1>
<p class="facts"><a href="${escaped(/^https?:/i.test(url) ? url : '#')}" rel="noreferrer">${escaped(url)}</a><br>${escaped(kind)} · ${escaped(page.charset)} · ${page.links.length} links</p>
<h2>Fields</h2><div class="wide"><table><tr><th>Field<th>Value<th>Read from<th>Chosen over</tr>
${fields.map(fieldRow).join('\n')}</table></div>
<h2>Blocks</h2><p class="facts">${kept} of ${blocks.length} are in the body: <span class="key kept">kept</span> <span class="key">left out</span></p>
${groups(blocks).map(group).join('\n')}</html>
`;
}

const dated = (date: PageDate | null): string | null => date && `${date.value} (to the ${date.precision})`;

/** Neighbours with one fate, so that a menu of forty lines takes one. */
function groups(blocks: readonly ExplainedBlock[]): ExplainedBlock[][] {
  const found: ExplainedBlock[][] = [];
  for (const block of blocks) {
    const last = found.at(-1);
    if (last?.[0]?.kept === block.kept) last.push(block);
    else found.push([block]);
  }
  return found;
}

/** Long runs of what was left out are folded. */
const FOLD_FROM = 4;

function group(blocks: readonly ExplainedBlock[]): string {
  const items = `<ol>${blocks.map(blockItem).join('\n')}</ol>`;
  if (blocks[0]?.kept || blocks.length < FOLD_FROM) return items;
  const begin = blocks
    .map((block) => block.text)
    .join(' · ')
    .slice(0, 120);
  return `<details><summary>${blocks.length} blocks left out: ${escaped(begin)}…</summary>${items}</details>`;
}

function fieldRow([name, value, origin]: [string, string | null, FieldOrigin | undefined]): string {
  const from = origin ? `${origin.from}${origin.at ? `: ${origin.at}` : ''}` : '';
  const over = (origin?.over ?? []).map((other) => `${escaped(other.from)}: ${escaped(other.value)}`).join('<br>');
  return `<tr><th>${escaped(name)}<td>${value ? escaped(value) : '<i>none</i>'}<td>${escaped(from)}<td>${over}</tr>`;
}

function blockItem({ text, kept, why, score, linkShare, path, hints }: ExplainedBlock): string {
  const facts = [
    why,
    `score ${score}`,
    linkShare > 0 ? `${Math.round(linkShare * 100)} % links` : '',
    path,
    hints.join(' '),
  ];
  return `<li class="${kept ? 'kept' : 'dropped'}"><p>${escaped(text)}</p><small>${escaped(facts.filter(Boolean).join(' · '))}</small></li>`;
}
