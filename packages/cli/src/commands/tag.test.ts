import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { openTextTagger, tagCommand } from './tag.ts';

afterEach(() => {
  process.exitCode = 0;
});

test('one person has one id in Vietnamese and French texts of a batch', () => {
  const tagText = openTextTagger();
  const first = tagText('a', 'Bộ trưởng Trần Đại Quang thăm Singapore.', 'vi');
  const second = tagText('b', 'Le ministre Trân Dai Quang est arrivé à Singapour.', 'fr');
  const ids = (tagged: typeof first) => tagged.entities.map(({ type, entityId }) => `${type} ${entityId}`);
  expect(ids(first)).toHaveLength(2);
  expect(ids(second)).toEqual(ids(first));
});

test('a language that is not told is detected', () => {
  expect(openTextTagger()('a', 'Thủ tướng đã chủ trì cuộc họp về phòng, chống thiên tai tại Hà Nội.', null).lang).toBe(
    'vi',
  );
});

test('a batch answers every line, tells which were bad, and exits with 1', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'newsloom-tag-'));
  const [input, out] = [join(folder, 'in.jsonl'), join(folder, 'out.jsonl')];
  const complaints: string[] = [];
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => complaints.push(String(text)) > 0);
  try {
    writeFileSync(
      input,
      '{"id":"a","lang":"vi","text":"Ông Nguyễn Văn An ở Hà Nội."}\nno json\n{"id":"c","lang":"vi"}\n',
    );
    await tagCommand().parseAsync(['--batch', input, '--out', out], { from: 'user' });
    const answers = readFileSync(out, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers).toHaveLength(3);
    expect(answers[0]).toMatchObject({
      id: 'a',
      lang: 'vi',
      entities: [
        { start: 4, end: 17, type: 'PER' },
        { start: 20, end: 26, type: 'LOC' },
      ],
    });
    expect(answers[1]).toEqual({ id: null, error: 'not a line of JSON' });
    expect(answers[2]).toEqual({ id: 'c', error: 'text is missing' });
    expect(complaints.join('')).toContain('in.jsonl:2: not a line of JSON');
    expect(process.exitCode).toBe(1);
  } finally {
    stderr.mockRestore();
    rmSync(folder, { recursive: true });
  }
});

test.each([
  ['a missing file', ['nowhere.txt'], 66],
  ['a missing batch', ['--batch', 'nowhere.jsonl', '--out', 'out.jsonl'], 66],
  ['nothing to tag', [], 2],
  ['a batch without an output', ['--batch', 'in.jsonl'], 2],
  ['a language that is none', ['--lang', '7', 'x.txt'], 2],
])('%s ends with its own exit code', async (_, args, code) => {
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  await tagCommand().parseAsync(args, { from: 'user' });
  stderr.mockRestore();
  expect(process.exitCode).toBe(code);
});
