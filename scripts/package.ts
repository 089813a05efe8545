// `npm run package`: builds what ships and makes one VSIX of it for every platform.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { errorText } from '../src/common/benchError.ts';
import { buildProduct } from './buildProduct.ts';
import { bundledPackageDirs, readShippedPackage, thirdPartyNotices } from './thirdPartyNotices.ts';
import { vsixFile } from './vsixFile.ts';

const root = path.dirname(import.meta.dirname);
const dist = path.join(root, 'dist');

/** Packages whose files are copied, not bundled. */
const copiedPackageDirs = ['node_modules/onnxruntime-web', 'node_modules/@vscode/codicons'];

/** Builds for production, writes the notices and packs; returns the VSIX. */
export async function packageExtension(): Promise<string> {
  const metafiles = await buildProduct({ production: true });
  const dirs = [...new Set([...bundledPackageDirs(metafiles), ...copiedPackageDirs])].sort();
  const packages = await Promise.all(dirs.map((dir) => readShippedPackage(path.join(root, dir))));
  const modelLicences = await readFile(path.join(dist, 'model', 'LICENSES.txt'), 'utf8');
  await writeFile(
    path.join(dist, 'THIRD_PARTY_NOTICES.txt'),
    await thirdPartyNotices(packages, modelLicences),
  );
  const packagePath = await vsixFile();
  const staged = await stage();
  try {
    await createVSIX({
      cwd: staged,
      packagePath,
      dependencies: false,
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
    });
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
  return packagePath;
}

/**
 * Copies what may ship into a folder of its own. Beside it lie tens of thousands of files, installed
 * for development, each of which would be compared with every line of `.vscodeignore`.
 */
async function stage(): Promise<string> {
  const staged = await mkdtemp(path.join(os.tmpdir(), 'rtbench-package-'));
  const ignored = await readFile(path.join(root, '.vscodeignore'), 'utf8');
  const named = [...ignored.matchAll(/^!([^/*\s]+)/gm)].map(([, name]) => name!);
  for (const name of ['.vscodeignore', ...named]) {
    await cp(path.join(root, name), path.join(staged, name), { recursive: true });
  }
  return staged;
}

if (import.meta.main) {
  try {
    console.log(path.relative(process.cwd(), await packageExtension()));
  } catch (error) {
    console.error(errorText(error));
    process.exitCode = 1;
  }
}
