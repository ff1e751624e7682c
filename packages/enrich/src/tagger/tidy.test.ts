import { expect, test } from 'vitest';
import { tokenize } from '../text/index.ts';
import { lookOver } from './context.ts';
import { addNames, emptyGazetteer, maskOf } from './gazetteer.ts';
import { EMPTY_LEXICON } from './lexicon.ts';
import { tidy } from './tidy.ts';

const [, ORGANISATION, PLACE] = [0, 1, 2];
const gazetteer = emptyGazetteer(100);
addNames(gazetteer, tokenize('United Nations'), maskOf('org'));
addNames(gazetteer, tokenize('Montag'), maskOf('calendar'));
const tidied = (text: string, language: number, spans: { first: number; last: number; type: number }[]) =>
  tidy(lookOver(tokenize(text), language, gazetteer, EMPTY_LEXICON), spans);

test('an acronym in brackets after an organisation is that organisation', () => {
  expect(tidied('Liên hợp quốc (LHQ) họp', 1, [{ first: 0, last: 2, type: ORGANISATION }])).toEqual([
    { first: 0, last: 2, type: ORGANISATION },
    { first: 4, last: 4, type: ORGANISATION },
  ]);
});

test('an acronym after a place is left alone', () => {
  const spans = [{ first: 0, last: 1, type: PLACE }];
  expect(tidied('Hà Nội (LHQ) họp', 1, spans)).toEqual(spans);
});

test('an article before a listed name does not belong to it', () => {
  expect(tidied('The United Nations met', 3, [{ first: 0, last: 2, type: ORGANISATION }])).toEqual([
    { first: 1, last: 2, type: ORGANISATION },
  ]);
});

test('a weekday of a language the model does not know is no place', () => {
  expect(tidied('am Montag', 0, [{ first: 1, last: 1, type: PLACE }])).toEqual([]);
});
