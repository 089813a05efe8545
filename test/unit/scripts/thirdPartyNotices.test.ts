import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Metafile } from 'esbuild';
import {
  bundledPackageDirs,
  readShippedPackage,
  thirdPartyNotices,
} from '../../../scripts/thirdPartyNotices.ts';

let root: string;
before(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'rtbench-notices-'));
});
after(() => rm(root, { recursive: true }));

async function makePackage(
  name: string,
  license: string | undefined,
  files: Record<string, string> = {},
): Promise<string> {
  const dir = path.join(root, name);
  await mkdir(dir, { recursive: true });
  await writeFile(
    path.join(dir, 'package.json'),
    JSON.stringify({ name, version: '1.2.3', license }),
  );
  for (const [file, text] of Object.entries(files)) await writeFile(path.join(dir, file), text);
  return dir;
}

test('a package is passed on with all its notices', async () => {
  const dir = await makePackage('good', 'MIT', { LICENSE: 'the terms', NOTICE: 'the notice' });
  const shipped = await readShippedPackage(dir);
  assert.equal(shipped.licence, 'MIT');
  assert.equal(shipped.text, 'the terms\n\nthe notice');
  const notices = await thirdPartyNotices([shipped], 'the model’s terms');
  assert.match(notices, /good 1\.2\.3: MIT/);
  assert.match(notices, /the terms/);
  assert.match(notices, /the model’s terms/);
});

test('a licence that nobody accepted stops the packaging', async () => {
  for (const licence of ['GPL-3.0', 'SEE LICENSE IN x', undefined]) {
    const dir = await makePackage('foreign', licence, { LICENSE: 'terms' });
    await assert.rejects(readShippedPackage(dir), {
      reason: 'licence_unknown',
      message: /foreign/,
    });
  }
});

test('an exception holds for its package and licence only', async () => {
  const files = { LICENSE: 'terms' };
  const codec = await makePackage('codec-parser', 'LGPL-3.0-or-later', files);
  assert.match((await readShippedPackage(codec)).text, /build again/);
  const changed = await makePackage('codec-parser', 'GPL-3.0', files);
  await assert.rejects(readShippedPackage(changed), { reason: 'licence_unknown' });
  const other = await makePackage('other-parser', 'LGPL-3.0-or-later', files);
  await assert.rejects(readShippedPackage(other), { reason: 'licence_unknown' });
});

test('a package without its terms stops the packaging unless its holder is known', async () => {
  const bare = await makePackage('bare', 'MIT');
  await assert.rejects(readShippedPackage(bare), { reason: 'licence_text_missing' });
  const known = await readShippedPackage(await makePackage('onnxruntime-common', 'MIT'));
  assert.match(known.text, /Copyright \(c\) Microsoft Corporation\n\nPermission is hereby granted/);
  const aws = await readShippedPackage(await makePackage('@aws-sdk/nested', 'Apache-2.0'));
  assert.match(aws.text, /^Copyright \(c\) Amazon\.com, .*\n\n\s*Apache License/);
});

test('what a package contains compiled is named with its own terms', async () => {
  const mpg123 = await readShippedPackage(await makePackage('mpg123-decoder', 'MIT'));
  const notices = await thirdPartyNotices([mpg123], '');
  assert.match(notices, /mpg123 \(libmpg123\), in mpg123-decoder \(LGPL-2\.1\)/);
  assert.match(notices, /GNU LESSER GENERAL PUBLIC LICENSE\s+Version 2\.1/);
  assert.doesNotMatch(notices, /libopus/);
});

test('packages are found in what went into the bundles', () => {
  const inputs = (...files: string[]): Metafile['outputs'][string] => ({
    bytes: 1,
    imports: [],
    exports: [],
    inputs: Object.fromEntries(files.map((file) => [file, { bytesInOutput: 5 }])),
  });
  const left = {
    bytes: 1,
    imports: [],
    exports: [],
    inputs: { 'node_modules/gone/a.js': { bytesInOutput: 0 } },
  };
  const metafile: Metafile = {
    inputs: {},
    outputs: {
      a: inputs('src/main.ts', 'node_modules/ws/lib/x.js', 'node_modules/@a/b/c.js'),
      b: inputs('node_modules/ws/lib/y.js', 'node_modules/@a/b/node_modules/deep/z.js'),
      c: left,
    },
  };
  assert.deepEqual(bundledPackageDirs([metafile]), [
    'node_modules/@a/b',
    'node_modules/@a/b/node_modules/deep',
    'node_modules/ws',
  ]);
});
