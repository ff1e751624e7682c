/** Writes a token classifier of a few hundred bytes: every word's scores are looked up in a table, then turned by a matrix. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LABELS = ['O', 'B-PER', 'I-PER', 'B-LOC', 'B-ORG'];
/** Words of the tiny language, with the label each always has. */
const WORDS: readonly [string, string][] = [
  ['[PAD]', 'O'],
  ['[UNK]', 'O'],
  ['[CLS]', 'O'],
  ['[SEP]', 'O'],
  ['bà', 'O'],
  ['angela', 'B-PER'],
  ['merkel', 'I-PER'],
  ['thăm', 'O'],
  ['ly', 'B-LOC'],
  ['##on', 'O'],
  ['interpol', 'B-ORG'],
  ['.', 'O'],
];

/** Writes the model's folder: configuration, vocabulary, and the network. */
export function writeTinyModel(folder: string): void {
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  const write = (file: string, value: unknown) => writeFileSync(join(folder, file), JSON.stringify(value));
  write('config.json', {
    model_type: 'bert',
    architectures: ['BertForTokenClassification'],
    max_position_embeddings: 24,
    hidden_size: LABELS.length,
    num_attention_heads: 1,
    num_hidden_layers: 1,
    id2label: Object.fromEntries(LABELS.map((label, i) => [i, label])),
    label2id: Object.fromEntries(LABELS.map((label, i) => [label, i])),
  });
  write('tokenizer_config.json', {
    tokenizer_class: 'BertTokenizer',
    do_lower_case: true,
    unk_token: '[UNK]',
    pad_token: '[PAD]',
    cls_token: '[CLS]',
    sep_token: '[SEP]',
  });
  const special = (id: number) => ({
    id,
    content: WORDS[id]?.[0],
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  });
  write('tokenizer.json', {
    version: '1.0',
    added_tokens: [0, 1, 2, 3].map(special),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: false,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [
        { SpecialToken: { id: '[CLS]', type_id: 0 } },
        { Sequence: { id: 'A', type_id: 0 } },
        { SpecialToken: { id: '[SEP]', type_id: 0 } },
      ],
      pair: [],
      special_tokens: {
        '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] },
        '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] },
      },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(WORDS.map(([word], id) => [word, id])),
    },
  });
  writeFileSync(join(folder, 'onnx', 'model.onnx'), network());
}

// The wire format of protocol buffers: a field's number and type, then a number, or a length and bytes.
const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]);
const number = (field: number, value: number): number[] => [...varint(field << 3), ...varint(value)];
const bytes = (field: number, content: readonly number[]): number[] => [
  ...varint((field << 3) | 2),
  ...varint(content.length),
  ...content,
];
const string = (field: number, text: string): number[] => bytes(field, [...new TextEncoder().encode(text)]);

const FLOAT = 1;
const INT64 = 7;

function tensor(name: string, dims: readonly number[], values: readonly number[]): number[] {
  const raw = [...new Uint8Array(Float32Array.from(values).buffer)];
  return [...dims.flatMap((dim) => number(1, dim)), ...number(2, FLOAT), ...string(8, name), ...bytes(9, raw)];
}

function node(operation: string, inputs: readonly string[], output: string): number[] {
  return [...inputs.flatMap((name) => string(1, name)), ...string(2, output), ...string(4, operation)];
}

function value(name: string, type: number, dims: readonly (string | number)[]): number[] {
  const shape = dims.flatMap((dim) => bytes(1, typeof dim === 'string' ? string(2, dim) : number(1, dim)));
  return [...string(1, name), ...bytes(2, bytes(1, [...number(1, type), ...bytes(2, shape)]))];
}

/** An ONNX model, by hand: `logits = table[input_ids] x turn`. */
function network(): Uint8Array {
  const size = LABELS.length;
  // The table has each word's label in reverse order, and the matrix turns it round: both steps must run for the labels to be right.
  const table = WORDS.flatMap(([, label]) => LABELS.map((_, k) => (size - 1 - k === LABELS.indexOf(label) ? 4 : 0)));
  const turn = LABELS.flatMap((_, row) => LABELS.map((__, column) => (row + column === size - 1 ? 1 : 0)));
  const graph = [
    ...bytes(1, node('Gather', ['table', 'input_ids'], 'looked_up')),
    ...bytes(1, node('MatMul', ['looked_up', 'turn'], 'logits')),
    ...string(2, 'tiny'),
    ...bytes(5, tensor('table', [WORDS.length, size], table)),
    ...bytes(5, tensor('turn', [size, size], turn)),
    ...bytes(11, value('input_ids', INT64, ['batch', 'length'])),
    ...bytes(11, value('attention_mask', INT64, ['batch', 'length'])),
    ...bytes(12, value('logits', FLOAT, ['batch', 'length', size])),
  ];
  return Uint8Array.from([...number(1, 8), ...bytes(7, graph), ...bytes(8, [...string(1, ''), ...number(2, 13)])]);
}
