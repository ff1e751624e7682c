/**
 * Scores story building on the labelled articles and entity linking on the labelled names, and holds both to their floors.
 *
 *   npm run eval:stories [-- --json] [-- --errors]
 */
import { readFileSync } from 'node:fs';
import { endToEndReport, linkingReport, NAMES } from './linking.ts';
import { readArticles, storyReport } from './story-scores.ts';

type Floors = {
  stories: { b3: number; crossLanguageRecall: number };
  linking: { accuracy: number; crossLanguageRecall: number; falseMerges: number };
  names: { endToEnd: number; blindAccuracy: number; falseMerges: number };
};

const floors = JSON.parse(readFileSync(new URL('baseline-stories.json', import.meta.url), 'utf8')) as Floors;
const showErrors = process.argv.includes('--errors');
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const articles = readArticles();
const stories = storyReport(articles, showErrors);
const linking = linkingReport(showErrors);
const sets = Object.entries(NAMES).map(([name, file]) => ({
  name,
  given: linkingReport(false, true, file),
  found: endToEndReport(showErrors, file),
}));

if (process.argv.includes('--json')) console.log(JSON.stringify({ stories, linking, names: sets }, null, 2));
else {
  console.log(`${articles.length} articles over ${new Set(articles.map((article) => article.event)).size} events`);
  for (const row of stories) {
    console.log(
      `${row.name.padEnd(24)} B-cubed F1 ${percent(row.f1)} (P ${percent(row.precision)}, R ${percent(row.recall)}), ` +
        `lowest ${percent(row.lowest)} of ${row.orders} orders; cross-language pairs ${percent(row.crossLanguageRecall)}; ` +
        `true pairs found by index ${percent(row.candidateRecall)}`,
    );
  }
  for (const { name, given, found } of sets) {
    console.log(
      `linking, ${name}: ${given.mentions} names, spans given ${percent(given.accuracy)}, cross-language pairs ${percent(given.crossLanguageRecall)}, ` +
        `false merges ${percent(given.falseMerges)}; end to end ${percent(found.right)} (to the letter ${percent(found.exact)}, ` +
        `found ${percent(found.found)}), false merges ${percent(found.falseMerges)}`,
    );
  }
}

const all = stories.find((row) => row.name === 'all');
const misses = [
  (all?.f1 ?? 0) < floors.stories.b3 ? `stories: B-cubed F1 under ${floors.stories.b3}` : '',
  (all?.crossLanguageRecall ?? 0) < floors.stories.crossLanguageRecall
    ? `stories: cross-language recall under ${floors.stories.crossLanguageRecall}`
    : '',
  linking.accuracy < floors.linking.accuracy ? `linking: accuracy under ${floors.linking.accuracy}` : '',
  linking.crossLanguageRecall < floors.linking.crossLanguageRecall
    ? `linking: cross-language recall under ${floors.linking.crossLanguageRecall}`
    : '',
  linking.falseMerges > floors.linking.falseMerges ? `linking: false merges over ${floors.linking.falseMerges}` : '',
  ...sets.flatMap(({ name, given, found }) => [
    found.right < floors.names.endToEnd ? `linking end to end, ${name}: under ${floors.names.endToEnd}` : '',
    given.accuracy < floors.names.blindAccuracy ? `linking, ${name}: accuracy under ${floors.names.blindAccuracy}` : '',
    found.falseMerges > floors.names.falseMerges
      ? `linking end to end, ${name}: false merges over ${floors.names.falseMerges}`
      : '',
  ]),
].filter((miss) => miss !== '');
for (const miss of misses) console.error(`below the floor: ${miss}`);
process.exitCode = misses.length > 0 ? 1 : 0;
