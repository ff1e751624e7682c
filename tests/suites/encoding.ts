/** The suites of charsets: html5lib's prescan cases, and the bytes of Vietnamese and French texts in every charset. */
import { charsetOfBom, charsetOfMeta, decode } from '@newsloom/extract';
import { readCases, type Suite, tally } from './suite.ts';

type PrescanCase = { file: string; data_base64: string; encoding: string };

export const encodingHtml5lib: Suite = {
  name: 'encoding-html5lib',
  run(dir) {
    const { result, check, leave } = tally();
    for (const one of readCases<PrescanCase[]>(dir, 'cases.json')) {
      const bytes = Buffer.from(one.data_base64, 'base64');
      const wanted = one.encoding.toLowerCase();
      if (one.file.startsWith('scripted/')) {
        // A page whose charset a script writes has it for browsers only.
        leave(`${one.file}: needs a script to be run`);
        continue;
      }
      // Where nothing is declared, the suite expects what a browser of western Europe falls back to.
      const got = charsetOfBom(bytes)?.charset ?? charsetOfMeta(bytes) ?? 'windows-1252';
      check(
        got === wanted,
        () => `${one.file} ${JSON.stringify(bytes.toString('latin1').slice(0, 150))}: ${got} instead of ${wanted}`,
      );
    }
    return result;
  },
};

type TextCase = {
  lang: string;
  label: string;
  bytes_base64: string;
  text_nfc: string;
  http_charset?: string | null;
  note: string;
};

export const encodingVietnamese: Suite = {
  name: 'encoding-vietnamese',
  run(dir) {
    const { result, check } = tally();
    for (const one of readCases<TextCase[]>(dir, 'cases.json')) {
      const header = one.http_charset ? `text/html; charset=${one.http_charset}` : null;
      const { text, charset } = decode(Buffer.from(one.bytes_base64, 'base64'), header);
      check(text === one.text_nfc, () => `${one.label}: read as ${charset}: ${JSON.stringify(text.slice(0, 120))}`);
    }
    return result;
  },
};
