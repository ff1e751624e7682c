/**
 * Scores story building on the labelled articles and entity linking on the labelled names, and holds both to their floors.
 *
 *   npm run eval:stories [-- --json] [-- --errors]
 */
import { readFileSync } from 'node:fs';
import { linkingReport } from './linking.ts';
import { readArticles, storyReport } from './story-scores.ts';

type Floors = {
  stories: { b3: number; crossLanguageRecall: number };
  linking: { accuracy: number; crossLanguageRecall: number; falseMerges: number };
};

const floors = JSON.parse(readFileSync(new URL('baseline-stories.json', import.meta.url), 'utf8')) as Floors;
const showErrors = process.argv.includes('--errors');
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const articles = readArticles();
const stories = storyReport(articles, showErrors);
const linking = linkingReport(showErrors);

if (process.argv.includes('--json')) console.log(JSON.stringify({ stories, linking }, null, 2));
else {
  console.log(`${articles.length} articles over ${new Set(articles.map((article) => article.event)).size} events`);
  for (const row of stories) {
    console.log(
      `${row.name.padEnd(24)} B-cubed F1 ${percent(row.f1)} (P ${percent(row.precision)}, R ${percent(row.recall)}), ` +
        `lowest ${percent(row.lowest)} of ${row.orders} orders; cross-language pairs ${percent(row.crossLanguageRecall)}; ` +
        `true pairs found by index ${percent(row.candidateRecall)}`,
    );
  }
  console.log(
    `linking: ${linking.mentions} mentions, accuracy ${percent(linking.accuracy)}, cross-language pairs ${percent(linking.crossLanguageRecall)}, ` +
      `false merges ${percent(linking.falseMerges)}`,
  );
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
].filter((miss) => miss !== '');
for (const miss of misses) console.error(`below the floor: ${miss}`);
process.exitCode = misses.length > 0 ? 1 : 0;
