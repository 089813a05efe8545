import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { EndpointError } from '../../../../src/endpoint/endpointError.ts';
import {
  findModelDir,
  modelFileNames,
  modelId,
  readModelFiles,
} from '../../../../src/endpoint/recogniser/modelFiles.ts';

const vocabulary = JSON.stringify(Array.from({ length: 32_000 }, (_, id) => `piece ${id}`));
const contents = { encoder: 'enc', decoder: 'dec', vad: 'vad', vocabulary };

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function isReason(reason: string, about: RegExp) {
  return (error: unknown): boolean =>
    error instanceof EndpointError && error.reason === reason && about.test(error.message);
}

describe('model folder', () => {
  let dir = '';
  before(async () => {
    dir = await mkdtemp(path.join(os.tmpdir(), 'rtbench-model-test-'));
    for (const key of ['encoder', 'decoder', 'vad', 'vocabulary'] as const) {
      await writeFile(path.join(dir, modelFileNames[key]), contents[key]);
    }
    await writeManifest({});
  });
  after(() => rm(dir, { recursive: true, force: true }));

  async function writeManifest(changed: Record<string, string>): Promise<void> {
    const hashes = Object.entries(contents).map(([key, text]) => [key, sha256(text)] as const);
    const manifest = { model: modelId, sha256: { ...Object.fromEntries(hashes), ...changed } };
    await writeFile(path.join(dir, 'model.json'), JSON.stringify(manifest));
  }

  it('is read and checked, and identified by its weights', async () => {
    const files = await readModelFiles(dir);
    assert.equal(Buffer.from(files.decoder).toString(), 'dec');
    assert.equal(files.vocabulary.length, 32_000);
    assert.equal(files.weightsSha256, sha256('encdec'));
  });

  it('is refused when a file differs from the manifest, naming it', async () => {
    await writeManifest({ decoder: sha256('other') });
    await assert.rejects(
      readModelFiles(dir),
      isReason('model_damaged', /decoder_model_merged\.onnx/),
    );
    await writeManifest({});
  });

  it('is refused when the manifest is not one', async () => {
    await writeFile(path.join(dir, 'model.json'), '{"model":"other"}');
    await assert.rejects(readModelFiles(dir), isReason('model_damaged', /model\.json/));
    await writeManifest({});
  });

  it('is found where it is said to be, or named as missing', () => {
    assert.equal(findModelDir(dir, '/nowhere'), dir);
    const elsewhere = path.join(dir, 'elsewhere');
    assert.throws(() => findModelDir(elsewhere, dir), isReason('model_missing', /elsewhere/));
  });
});
