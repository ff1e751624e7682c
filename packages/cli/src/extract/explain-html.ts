/** How a page was read, as a page for people: the fields with what they were chosen over, the blocks with why. */
import type { ExplainedBlock } from '@newsloom/extract';
import type { FieldOrigin, ReadPage } from '@newsloom/model';

/** Everything is escaped: what a page says stays text here. */
const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/(?![\t\n\r])\p{Cc}/gu, '\ufffd');

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2321; --paper: #faf7f1; --kept: #d6ebcf; --dropped: #5a645f; --rule: #ddd6c8 }
@media (prefers-color-scheme: dark) { :root { --ink: #e9e5db; --paper: #161a19; --kept: #274a22; --dropped: #a5aea9; --rule: #37403d } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--rule); overflow-wrap: anywhere }
ol { list-style: none; padding: 0 } li { padding: .4rem .7rem; margin: .3rem 0; border-left: 4px solid var(--rule) }
li.kept { background: var(--kept); border-color: currentColor } li.dropped p { color: var(--dropped); text-decoration: line-through }
li p { margin: 0 } li small { display: block }`;

/** The whole HTML page. */
export function explainHtml(page: ReadPage, blocks: readonly ExplainedBlock[], url: string): string {
  const { article } = page;
  const kept = blocks.filter((block) => block.kept).length;
  const fields: [string, string | null, FieldOrigin | undefined][] = article
    ? [
        ['title', article.title, article.provenance.title],
        ['date', article.date?.value ?? null, article.provenance.date],
        ['date modified', article.dateModified?.value ?? null, article.provenance.dateModified],
        ['authors', article.authors.join(', '), article.provenance.authors],
        ['language', article.lang, article.provenance.lang],
        ['image', article.image, article.provenance.image],
        ['body', `${article.body.length} characters`, article.provenance.body],
        ['canonical address', page.canonicalUrl, article.provenance.canonicalUrl],
      ]
    : [];
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(article?.title ?? url)}</title><style>${STYLE}</style>
<h1>${escaped(article?.title ?? 'No article')}</h1><p>${escaped(url)}: ${escaped(page.note ?? page.kind)}, ${escaped(page.charset)}</p>
<h2>Fields</h2><table><tr><th>Field<th>Value<th>Read from<th>Chosen over</tr>
${fields.map(fieldRow).join('\n')}</table>
<h2>Blocks: ${kept} of ${blocks.length} kept</h2><ol>
${blocks.map(blockItem).join('\n')}</ol></html>
`;
}

function fieldRow([name, value, origin]: [string, string | null, FieldOrigin | undefined]): string {
  const from = origin ? `${origin.from}${origin.at ? `: ${origin.at}` : ''}` : '';
  const over = (origin?.over ?? []).map((other) => `${escaped(other.from)}: ${escaped(other.value)}`).join('<br>');
  return `<tr><th>${escaped(name)}<td>${escaped(value ?? '(none)')}<td>${escaped(from)}<td>${over}</tr>`;
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
