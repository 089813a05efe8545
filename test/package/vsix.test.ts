import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { vsixFile } from '../../scripts/vsixFile.ts';
import { readZip, type ZipEntry } from '../support/readZip.ts';

const root = path.join(import.meta.dirname, '..', '..');

/** What the extension costs to download; most of it is the speech model. */
const mostBytes = 30 * 1024 * 1024;

/** Everything that may ship, one line per kind. */
const allowed = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(package\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
  /^extension\/dist\/(cli|mcp|runner|probe|endpoint|endpointWorker|comparisonWorker)\.js$/,
  /^extension\/dist\/(run|timeline|compare)Reader\.js$/,
  /^extension\/dist\/(extension|languageServer)\.cjs$/,
  /^extension\/dist\/(extension-[\w-]+\.cjs|shared-[\w-]+\.js)$/,
  /^extension\/dist\/package\.json$/,
  /^extension\/dist\/THIRD_PARTY_NOTICES\.txt$/,
  /^extension\/dist\/ort-wasm-simd-threaded\.(mjs|wasm)$/,
  /^extension\/dist\/model\/(encoder_model|decoder_model_merged|silero_vad_v6)\.onnx$/,
  /^extension\/dist\/model\/(vocabulary\.json|model\.json|LICENSES\.txt)$/,
  /^extension\/dist\/webview\/((runEditor|timeline|compare)\.(js|css)|codicon\.(css|ttf))$/,
  /^extension\/media\/(icon\.png|icon\.svg|rtbench\.svg|timeline-(dark|light)\.svg)$/,
  /^extension\/media\/run\.(tmLanguage|language-configuration)\.json$/,
  /^extension\/schemas\/rt(bench|plan)\.schema\.json$/,
  /^extension\/samples\/speech\/(manifest\.jsonl|README\.md)$/,
  /^extension\/samples\/speech\/[a-z-]+\.(flac|wav)$/,
];

const secretShapes = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bsk-[A-Za-z0-9]{20,}/,
  /\bgh[pousr]_[A-Za-z0-9]{36}/,
  /\bnpm_[A-Za-z0-9]{36}/,
  /\bAKIA[0-9A-Z]{16}\b/,
];

describe('the VSIX', () => {
  let entries: ZipEntry[];
  let sizeBytes: number;
  const named = (name: string): ZipEntry => {
    const entry = entries.find((each) => each.name === name);
    assert.ok(entry, `${name} is missing`);
    return entry;
  };
  const textOf = (name: string): string => Buffer.from(named(name).read()).toString('utf8');
  const texts = (): ZipEntry[] =>
    entries.filter(({ name }) => /\.(c?js|mjs|json|jsonl|css|md|txt|svg|xml)$/.test(name));

  before(async () => {
    const file = await vsixFile();
    const exists = await stat(file).catch(() => null);
    assert.ok(exists, `${file} is missing: run "npm run package" first.`);
    sizeBytes = exists.size;
    entries = readZip(await readFile(file));
  });

  it('holds what is meant to ship and nothing else', () => {
    const names = entries.map(({ name }) => name);
    const unexpected = names.filter((name) => !allowed.some((pattern) => pattern.test(name)));
    assert.deepEqual(unexpected, []);
    const unused = allowed.filter((pattern) => !names.some((name) => pattern.test(name)));
    assert.deepEqual(unused, []);
  });

  it('is no bigger than its budget', () => {
    console.log(`VSIX: ${(sizeBytes / 1024 / 1024).toFixed(1)} MiB`);
    assert.ok(sizeBytes <= mostBytes, `${sizeBytes} bytes`);
  });

  it('has what package.json names', () => {
    const manifest = JSON.parse(textOf('extension/package.json')) as { main: string; icon: string };
    for (const file of [manifest.main, manifest.icon]) {
      named(path.posix.join('extension', file));
    }
  });

  it('has no source maps, no paths of the machine that built it and no secrets', () => {
    for (const { name } of texts()) {
      const text = textOf(name);
      assert.doesNotMatch(text, /\/\/# sourceMappingURL=(?!data:)/, name);
      assert.equal(text.includes(root), false, `${name} contains ${root}`);
      for (const shape of secretShapes) assert.doesNotMatch(text, shape, name);
    }
  });

  it('passes on the licences of what it contains', () => {
    const notices = textOf('extension/dist/THIRD_PARTY_NOTICES.txt');
    for (const name of ['ws', 'zod', 'onnxruntime-web', '@vscode/codicons', 'codec-parser']) {
      assert.match(notices, new RegExp(`^  ${name} \\d`, 'm'));
    }
    assert.match(notices, /mpg123 \(libmpg123\), in mpg123-decoder \(LGPL-2\.1\)/);
    assert.match(notices, /GNU LESSER GENERAL PUBLIC LICENSE\s+Version 2\.1/);
    assert.match(notices, /GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3/);
    assert.match(notices, /GNU GENERAL PUBLIC LICENSE\s+Version 3/);
    assert.match(notices, /Moonshine tiny/);
    assert.match(notices, /Silero Team/);
  });
});
