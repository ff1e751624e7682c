/** Opens a token classifier in ONNX from a local folder with the optional package @huggingface/transformers. */
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { TokenModel } from '@newsloom/enrich';

/** Optional: installed by who wants it, so its name is no literal that a compiler would look up. */
const LIBRARY: string = '@huggingface/transformers';
/** Windows of more pieces cost time that grows with their square and win nothing for names. */
const LONGEST_WINDOW = 256;
/** The weights in the order they are looked for, with the library's name of their kind: the smaller are as good for names. */
const WEIGHTS = [
  { file: 'onnx/model_quantized.onnx', dtype: 'q8' },
  { file: 'onnx/model.onnx', dtype: 'fp32' },
  { file: 'onnx/model_fp16.onnx', dtype: 'fp16' },
] as const;
const NEEDED = ['config.json', 'tokenizer.json', 'tokenizer_config.json'];

/** What is used of the library. */
type Tokenizer = {
  encode(text: string, options?: { add_special_tokens?: boolean }): number[];
  pad_token_id?: number;
};
type Numbers = { data: Float32Array; dims: number[] };
type Classifier = {
  (inputs: Record<string, unknown>): Promise<{ logits: Numbers }>;
  config: { id2label?: Record<string, string>; max_position_embeddings?: number };
};
type Loading = { local_files_only: true; dtype?: string; device?: string };
export type Transformers = {
  env: { allowRemoteModels: boolean; allowLocalModels: boolean; localModelPath: string };
  AutoTokenizer: { from_pretrained(name: string, options: Loading): Promise<Tokenizer> };
  AutoModelForTokenClassification: { from_pretrained(name: string, options: Loading): Promise<Classifier> };
  Tensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => unknown;
};

const load = async (): Promise<Transformers> => (await import(LIBRARY)) as Transformers;

/**
 * The classifier in a folder laid out as Hugging Face does it (`config.json`, `tokenizer.json`, `onnx/model.onnx`). Nothing is
 * downloaded. Throws where the folder is not complete, the package is missing, or the model names no labels: in words that say what to do.
 */
export async function openTokenModel(folder: string, library: () => Promise<Transformers> = load): Promise<TokenModel> {
  const weights = weightsIn(folder);
  const transformers = await library().catch((cause: unknown) => {
    throw new Error(
      `NEWSLOOM_NER_MODEL needs the package ${LIBRARY}, which is not installed: npm install ${LIBRARY}, or unset it`,
      { cause },
    );
  });
  const { env, AutoTokenizer, AutoModelForTokenClassification, Tensor } = transformers;
  const path = resolve(folder);
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = `${dirname(path)}/`;
  const name = basename(path);
  const tokenizer = await AutoTokenizer.from_pretrained(name, { local_files_only: true });
  const model = await AutoModelForTokenClassification.from_pretrained(name, {
    local_files_only: true,
    dtype: weights.dtype,
    device: 'cpu',
  });
  const labels = Object.entries(model.config.id2label ?? {})
    .sort((a, b) => Number(a[0]) - Number(b[0]))
    .map(([, label]) => label);
  if (labels.length === 0) throw new Error(`NEWSLOOM_NER_MODEL: config.json in ${folder} has no id2label`);
  // A tokenizer puts what opens and closes every text around the empty one.
  const around = tokenizer.encode('');
  const half = Math.ceil(around.length / 2);
  const known = new Map<string, readonly number[]>();
  return {
    labels,
    opening: around.slice(0, half),
    closing: around.slice(half),
    // Two positions are kept back: models of the RoBERTa family number theirs from two on.
    longest: Math.min(LONGEST_WINDOW, (model.config.max_position_embeddings ?? LONGEST_WINDOW + 2) - 2),
    pieces(word, spaced) {
      const text = spaced ? ` ${word}` : word;
      let ids = known.get(text);
      if (ids === undefined) {
        ids = tokenizer.encode(text, { add_special_tokens: false });
        if (known.size >= KNOWN_WORDS) known.clear();
        known.set(text, ids);
      }
      return ids;
    },
    async scores(windows) {
      const width = Math.max(...windows.map((ids) => ids.length));
      const size = windows.length * width;
      const ids = new BigInt64Array(size).fill(BigInt(tokenizer.pad_token_id ?? 0));
      const mask = new BigInt64Array(size);
      for (const [row, window] of windows.entries()) {
        for (const [k, id] of window.entries()) {
          ids[row * width + k] = BigInt(id);
          mask[row * width + k] = 1n;
        }
      }
      const dims = [windows.length, width];
      const { logits } = await model({
        input_ids: new Tensor('int64', ids, dims),
        attention_mask: new Tensor('int64', mask, dims),
      });
      return logits.data;
    },
  };
}

/** The word pieces of this many words are kept: a day's news has fewer. */
const KNOWN_WORDS = 100_000;

function weightsIn(folder: string): (typeof WEIGHTS)[number] {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new Error(`NEWSLOOM_NER_MODEL: there is no folder ${folder}`);
  const missing = NEEDED.filter((file) => !existsSync(join(folder, file)));
  const weights = WEIGHTS.find(({ file }) => existsSync(join(folder, file)));
  if (!weights) missing.push('onnx/model.onnx');
  if (!weights || missing.length > 0) throw new Error(`NEWSLOOM_NER_MODEL: ${folder} has no ${missing.join(', no ')}`);
  return weights;
}
