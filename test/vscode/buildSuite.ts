import { rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.join(import.meta.dirname, '..', '..');

/**
 * Bundles the suite for VS Code's extension host, which loads CommonJS: one file per test file,
 * found by their names, and the runner. Returns the module to give as `extensionTestsPath`.
 */
export async function buildSuite(): Promise<string> {
  const outdir = path.join(root, '.vscode-test', 'suite');
  await rm(outdir, { recursive: true, force: true });
  await build({
    entryPoints: [
      path.join(import.meta.dirname, 'suite', '*.test.ts'),
      path.join(import.meta.dirname, 'suite', 'index.ts'),
    ],
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
