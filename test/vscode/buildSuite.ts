import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.join(import.meta.dirname, '..', '..');

/**
 * Bundles what a folder holds for VS Code's extension host, which loads CommonJS: its `index.ts`,
 * and one file per test file, found by their names. Returns the module to give as
 * `extensionTestsPath`.
 */
export async function buildSuite(folder: string): Promise<string> {
  const outdir = path.join(root, '.vscode-test', 'built', path.relative(root, folder));
  await rm(outdir, { recursive: true, force: true });
  const tests = (await readdir(folder)).filter((file) => file.endsWith('.test.ts'));
  await build({
    entryPoints: ['index.ts', ...tests].map((file) => path.join(folder, file)),
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
    absWorkingDir: root,
  });
  return path.join(outdir, 'index.cjs');
}
