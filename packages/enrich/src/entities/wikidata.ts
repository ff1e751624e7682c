/** Names out of an item of a Wikidata dump. */
import type { EntityType } from '@newsloom/model';

/** Languages whose names are read. */
const LANGUAGES = ['vi', 'fr', 'en', 'mul'];
/** Classes (P31) whose items are persons, places and bodies, as far as news names them. Wikidata's classes, by their numbers. */
const CLASSES: Record<string, EntityType> = {};
for (const [type, numbers] of Object.entries({
  PER: 'Q5',
  LOC:
    'Q6256 Q3624078 Q515 Q1549591 Q1637706 Q5119 Q486972 Q3957 Q532 Q23442 Q8502 Q4022 Q165 Q9430 Q82794 Q5107 Q35657 Q10864048 ' +
    'Q484170 Q36784 Q6465 Q2824648',
  ORG:
    'Q43229 Q4830453 Q6881511 Q891723 Q783794 Q245065 Q484652 Q163740 Q7278 Q7188 Q327333 Q192350 Q2659904 Q31855 Q3918 Q875538 ' +
    'Q902104 Q476028 Q6979593 Q847017 Q1331793 Q11032 Q1110794 Q192283 Q22687 Q66344 Q46970 Q79913 Q15911314 Q4438121',
}))
  for (const number of numbers.split(' ')) CLASSES[number] = type as EntityType;

type Claim = { rank?: string; mainsnak?: { datavalue?: { value?: { id?: string; time?: string } } } };
type Text = { language?: string; value?: string };
type Item = {
  id?: string;
  labels?: Record<string, Text>;
  aliases?: Record<string, Text[]>;
  claims?: Record<string, Claim[]>;
};

/** True for what a line of a dump holds, rather than a row of an import. */
export function isWikidataItem(line: object): line is Item {
  return 'labels' in line && 'claims' in line;
}

/** The rows of one item: its labels and aliases in Vietnamese, French and English; none where it is nothing news names. */
export function rowsOfItem(item: Item): Record<string, unknown>[] {
  const of = (property: string) => (item.claims?.[property] ?? []).map((claim) => claim.mainsnak?.datavalue?.value);
  const type = of('P31')
    .map((value) => CLASSES[value?.id ?? ''])
    .find((known) => known !== undefined);
  if (!type || !/^Q\d+$/.test(item.id ?? '')) return [];
  const year = type === 'PER' ? /^\+(\d{4})-/.exec(of('P569')[0]?.time ?? '')?.[1] : undefined;
  const rows: Record<string, unknown>[] = [];
  for (const lang of LANGUAGES) {
    for (const text of [item.labels?.[lang], ...(item.aliases?.[lang] ?? [])]) {
      if (!text?.value) continue;
      rows.push({ name: text.value, type, lang, wikidata: item.id, ...(year !== undefined && { born: Number(year) }) });
    }
  }
  return rows;
}
