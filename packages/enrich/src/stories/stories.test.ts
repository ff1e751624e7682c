/** Documents about one event gather, others do not. */
import type { LinkedMention, MentionType } from '@newsloom/model';
import { expect, test } from 'vitest';
import { linkMentions } from '../entities/index.ts';
import { chooseStory } from './choose.ts';
import { storyHeadline } from './headline.ts';
import { SAME_STORY_THRESHOLD, scoreSameStory } from './score.ts';
import { type StorySignature, storySignature } from './signature.ts';

type Names = readonly (readonly [name: string, type: MentionType, value?: string])[];

function read(id: string, lang: string, date: string | null, text: string, names: Names): StorySignature {
  const mentions = names.map(([name, type, value]) => {
    const start = text.indexOf(name);
    return { start, end: start + name.length, text: name, type, ...(value === undefined ? {} : { value }) };
  });
  const linked: LinkedMention[] = linkMentions({ id, lang, text, mentions }).mentions;
  return storySignature({ id, lang, title: null, text, date, fetchedAt: '2026-01-01T00:00:00Z', mentions: linked });
}

const FLOOD_VI = read(
  'a',
  'vi',
  '2023-06-14',
  'Lũ quét đêm 12/6 tại Vị Xuyên, tỉnh Hà Giang làm 5 người chết, 320 ngôi nhà bị ngập, 148 ha lúa hư hại. Ông Hoàng Gia Khoát chỉ đạo sơ tán.',
  [
    ['12/6', 'DATE', '2023-06-12'],
    ['Vị Xuyên', 'LOC'],
    ['Hà Giang', 'LOC'],
    ['Hoàng Gia Khoát', 'PER'],
  ],
);
const FLOOD_FR = read(
  'b',
  'fr',
  '2023-06-15',
  'Des crues ont fait cinq morts le 12 juin dans la province de Hà Giang. À Vi Xuyên, 320 maisons et 148 hectares de riz sont inondés. Hoàng Gia Khoat a fait évacuer des habitants.',
  [
    ['12 juin', 'DATE', '2023-06-12'],
    ['Hà Giang', 'LOC'],
    ['Vi Xuyên', 'LOC'],
    ['Hoàng Gia Khoat', 'PER'],
  ],
);
const ROAD_VI = read(
  'c',
  'vi',
  '2023-09-02',
  'Ngày 1/9, tỉnh Hà Giang khởi công tuyến đường 27 km qua Vị Xuyên với vốn 960 tỷ đồng. Ông Hoàng Gia Khoát phát lệnh khởi công.',
  [
    ['1/9', 'DATE', '2023-09-01'],
    ['Hà Giang', 'LOC'],
    ['Vị Xuyên', 'LOC'],
    ['Hoàng Gia Khoát', 'PER'],
  ],
);

test('one event told in two languages is one story', () => {
  expect(scoreSameStory(FLOOD_VI, FLOOD_FR)).toBeGreaterThan(SAME_STORY_THRESHOLD);
  expect(FLOOD_VI.keys.some((key) => FLOOD_FR.keys.includes(key))).toBe(true);
});

test('the same actors at another event are another story', () => {
  expect(scoreSameStory(FLOOD_VI, ROAD_VI)).toBeLessThan(SAME_STORY_THRESHOLD);
});

test('a missing date does not part two tellings, and days the texts name still part two events', () => {
  const undated = { ...FLOOD_FR, date: null };
  expect(scoreSameStory(FLOOD_VI, undated)).toBeGreaterThan(SAME_STORY_THRESHOLD);
  expect(scoreSameStory({ ...FLOOD_VI, date: null }, { ...ROAD_VI, date: null })).toBeLessThan(SAME_STORY_THRESHOLD);
});

test('a toll that rises does not part two reports of one earthquake', () => {
  const tell = (id: string, date: string, dead: number, hurt: number) =>
    read(
      id,
      'fr',
      date,
      `Le séisme qui a détruit des villages du centre de l’Italie a tué au moins ${dead} personnes et blessé ${hurt} autres, selon les secours.`,
      [['Italie', 'LOC']],
    );
  const early = tell('e1', '2016-08-24', 137, 268);
  expect(scoreSameStory(early, tell('e2', '2016-08-26', 281, 388))).toBeGreaterThan(SAME_STORY_THRESHOLD);
  expect(scoreSameStory(early, tell('e3', '2016-10-30', 192, 317))).toBeLessThan(SAME_STORY_THRESHOLD);
});

test('a score does not depend on which document came first', () => {
  expect(scoreSameStory(FLOOD_VI, FLOOD_FR)).toBeCloseTo(scoreSameStory(FLOOD_FR, FLOOD_VI), 12);
});

test('a signature survives JSON and has at most 24 keys', () => {
  expect(JSON.parse(JSON.stringify(FLOOD_VI))).toEqual(FLOOD_VI);
  expect(FLOOD_VI.keys.length).toBeLessThanOrEqual(24);
});

test('a copy published the next day is one story, out of the same template a year later it is not', () => {
  expect(scoreSameStory(FLOOD_VI, { ...FLOOD_VI, date: '2023-06-15' })).toBe(1);
  expect(scoreSameStory(FLOOD_VI, { ...FLOOD_VI, date: '2024-06-14', days: ['d:2024-06-12'] })).toBeLessThan(1);
});

test('a document joins the story of its event and says why', () => {
  const choice = chooseStory(FLOOD_FR, [
    { documentId: 'c', storyId: 's-road', signature: ROAD_VI },
    { documentId: 'a', storyId: 's-flood', signature: FLOOD_VI },
  ]);
  expect(choice.storyId).toBe('s-flood');
  expect(choice.documentId).toBe('a');
  expect(choice.why).toContain('n:148');
});

test('a document without a likeness begins its own story', () => {
  expect(chooseStory(ROAD_VI, [{ documentId: 'a', storyId: 's-flood', signature: FLOOD_VI }]).storyId).toBeNull();
  expect(chooseStory(ROAD_VI, []).storyId).toBeNull();
});

test('likeness to one member of a story of others does not make a chain', () => {
  const others = ['x', 'y', 'z'].map((id) => ({ documentId: id, storyId: 's-mixed', signature: ROAD_VI }));
  const chain = [...others, { documentId: 'a', storyId: 's-mixed', signature: FLOOD_VI }];
  expect(chooseStory(FLOOD_FR, chain).storyId).toBeNull();
});

test('the everyday entities of an archive count less', () => {
  const everyday = scoreSameStory({ ...FLOOD_VI, numbers: [] }, { ...FLOOD_FR, numbers: [] }, () => 0.05);
  const rare = scoreSameStory({ ...FLOOD_VI, numbers: [] }, { ...FLOOD_FR, numbers: [] }, () => 0.0001);
  expect(everyday).toBeLessThan(rare);
});

test('a headline is the earliest of a good length in the language most documents have', () => {
  const at = (title: string | null, lang: string, date: string) => ({ title, lang, date, fetchedAt: '2026-01-01' });
  expect(
    storyHeadline([
      at('Mưa lũ', 'vi', '2023-06-13'),
      at('Crues dans le Nord du Vietnam : cinq morts', 'fr', '2023-06-13'),
      at('Mưa lũ ở Hà Giang: 5 người chết', 'vi', '2023-06-14'),
      at('Hà Giang tìm kiếm hai người mất tích', 'vi', '2023-06-15'),
    ]),
  ).toBe('Mưa lũ ở Hà Giang: 5 người chết');
  expect(storyHeadline([at(null, 'vi', '2023-06-13')])).toBeNull();
});
