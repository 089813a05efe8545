import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { eagerOutputs } from '../../support/eagerOutputs.ts';

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
    absWorkingDir: path.join(import.meta.dirname, '..', '..', '..'),
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
