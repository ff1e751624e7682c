/** Every way a fetch can fail has a note, and `newsloom trace` a sentence for it. */
import { explainTrace } from '@newsloom/api/trace-sentences';
import { verdictOf } from '@newsloom/frontier';
import { HTTP_ERROR_CODES } from '@newsloom/http';
import type { Trace } from '@newsloom/store';
import { expect, test } from 'vitest';

const NOW = new Date('2026-11-22T09:00:00Z');

test.each(HTTP_ERROR_CODES)('an address whose fetch ended as %s is explained in words', (code) => {
  const { verdict, note } = verdictOf({ kind: 'error', code });
  const facts: Trace = {
    url: { url: 'https://bao.example/a', host: 'bao.example', verdict, note, status: null, failures: 1 },
    seed: null,
    host: { host: 'bao.example' },
    fetches: [],
    captures: [],
    document: null,
    crawls: [],
    renders: [],
    foundOn: null,
    movedTo: null,
  };
  const [says = ''] = explainTrace(facts, NOW);
  expect(says).toMatch(/^(?:Excluded|Failing): .{15,}\.$/);
  expect(says).not.toContain('noted as');
});
