import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import * as z from 'zod';
import { eagerOutputs } from '../../support/eagerOutputs.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');
const entry = 'src/extension/extension.ts';

test('activation loads none of the packages: what needs them is imported later', async () => {
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    outdir: 'out',
    write: false,
    metafile: true,
    external: ['vscode'],
    absWorkingDir: root,
  });
  const loaded = eagerOutputs(metafile, entry).flatMap((file) =>
    Object.keys(metafile.outputs[file]?.inputs ?? {}),
  );
  assert.ok(loaded.includes(entry));
  assert.deepEqual(
    loaded.filter((input) => input.startsWith('node_modules/')),
    [],
  );
});

test('nothing that windows without RTBench show activates it', async () => {
  const manifest: unknown = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const { activationEvents } = z.object({ activationEvents: z.array(z.string()) }).parse(manifest);
  assert.deepEqual(
    activationEvents.filter((event) => !/rtbench|rtplan/.test(event)),
    [],
  );
});
