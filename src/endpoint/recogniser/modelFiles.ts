import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { errorText } from '../../common/benchError.ts';
import { EndpointError } from '../endpointError.ts';

/** The name clients use in `session.update` and see in `/v1/models`. */
export const modelId = 'moonshine-tiny-en';

/** Files of a model folder. `vocabulary` is a JSON array of SentencePiece pieces in id order. */
export const modelFileNames = {
  encoder: 'encoder_model.onnx',
  decoder: 'decoder_model_merged.onnx',
  vad: 'silero_vad_v6.onnx',
  vocabulary: 'vocabulary.json',
} as const;

/** Lists the other files with their hashes; written last, so a folder that has it is complete. */
export const modelManifestName = 'model.json';

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** What `model.json` holds. */
export const modelManifestSchema = z.object({
  model: z.literal(modelId),
  sha256: z.object({
    encoder: sha256Hex,
    decoder: sha256Hex,
    vad: sha256Hex,
    vocabulary: sha256Hex,
  }),
});

const vocabularySchema = z.array(z.string()).length(32_000);

export interface ModelFiles {
  encoder: Uint8Array;
  decoder: Uint8Array;
  vad: Uint8Array;
  /** SentencePiece pieces; a token id is an index. */
  vocabulary: string[];
  /** Of the encoder's bytes followed by the decoder's, lower-case hex. */
  weightsSha256: string;
}

/**
 * The folder the model is in: `override` where given, else `model` beside the running bundle,
 * else the build's cache when running from source.
 *
 * @throws EndpointError `model_missing` where none of them holds a model.
 */
export function findModelDir(override: string | undefined, programDir: string): string {
  const candidates =
    override === undefined
      ? [path.join(programDir, 'model'), path.join(programDir, '..', '..', '.cache', 'model')]
      : [override];
  const found = candidates.find((dir) => existsSync(path.join(dir, modelManifestName)));
  if (found !== undefined) return path.resolve(found);
  throw new EndpointError(
    'model_missing',
    `No speech model in ${candidates.map((dir) => path.resolve(dir)).join(' or ')}. ` +
      'Run `npm run build` to fetch it, or set RTBENCH_MODEL_DIR to a folder that holds it.',
  );
}

/**
 * Reads a model folder and checks every file against its manifest.
 *
 * @throws EndpointError `model_damaged` naming the file that is missing or differs.
 */
export async function readModelFiles(dir: string): Promise<ModelFiles> {
  const { sha256 } = await readJson(dir, modelManifestName, modelManifestSchema);
  const encoder = await readChecked(dir, modelFileNames.encoder, sha256.encoder);
  const decoder = await readChecked(dir, modelFileNames.decoder, sha256.decoder);
  const vad = await readChecked(dir, modelFileNames.vad, sha256.vad);
  await readChecked(dir, modelFileNames.vocabulary, sha256.vocabulary);
  const vocabulary = await readJson(dir, modelFileNames.vocabulary, vocabularySchema);
  const weightsSha256 = createHash('sha256').update(encoder).update(decoder).digest('hex');
  return { encoder, decoder, vad, vocabulary, weightsSha256 };
}

async function readChecked(dir: string, name: string, sha256: string): Promise<Uint8Array> {
  const bytes = await readOrExplain(dir, name);
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (actual !== sha256) throw damaged(dir, name, `its SHA-256 is ${actual}, not ${sha256}`);
  return bytes;
}

async function readJson<T>(dir: string, name: string, schema: z.ZodType<T>): Promise<T> {
  const text = new TextDecoder().decode(await readOrExplain(dir, name));
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw damaged(dir, name, errorText(error), error);
  }
}

async function readOrExplain(dir: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(path.join(dir, name));
  } catch (error) {
    throw damaged(dir, name, errorText(error), error);
  }
}

function damaged(dir: string, name: string, why: string, cause?: unknown): EndpointError {
  return new EndpointError(
    'model_damaged',
    `The speech model file ${path.join(dir, name)} cannot be used: ${why}. ` +
      'Delete the folder and run `npm run build` to fetch it again.',
    { cause },
  );
}
