import type { Article } from '@newsloom/model';
import type { Document } from '@newsloom/store';
import { describe, expect, test } from 'vitest';
import { changesOf, fieldsOf } from './readings.ts';

const article: Article = {
  title: 'Mưa lớn',
  date: { value: '2026-04-13', precision: 'day' },
  dateModified: null,
  authors: ['Lê Hà'],
  agencies: [],
  lang: 'vi',
  body: 'Mưa lớn kéo dài.',
  image: null,
  description: null,
  section: null,
  tags: ['mưa', 'lũ'],
  provenance: {},
};
const document = { ...article, imageCaption: null, date: '2026-04-13', dateModified: null } as unknown as Document;

test('a field counts as given when it has a value', () => {
  expect(fieldsOf(article)).toEqual(['title', 'date', 'authors', 'body', 'lang', 'tags']);
});

describe('reading again', () => {
  test.each([
    ['gives the same', document, article, []],
    ['finds another title', document, { ...article, title: 'Mưa' }, ['title']],
    ['finds tags in another order', document, { ...article, tags: ['lũ', 'mưa'] }, ['tags']],
    ['finds a caption', document, { ...article, imageCaption: 'Nước lên.' }, ['imageCaption']],
    ['loses the date', document, { ...article, date: null }, ['date']],
    ['finds an article where none was', null, article, ['new']],
    ['finds none where one was', document, null, ['lost']],
    ['finds none as before', null, null, []],
    ['cannot read the page', document, 'unreadable' as const, ['unreadable']],
  ])('%s', (_what, before, now, changes) => {
    expect(changesOf(before, now)).toEqual(changes);
  });
});
