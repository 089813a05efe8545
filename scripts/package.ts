// `npm run package`: builds what ships and makes one VSIX of it for every platform.
import { readFile, writeFile } from 'node:fs/promises';
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
  await createVSIX({
    cwd: root,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  return packagePath;
}

if (import.meta.main) {
  try {
    console.log(path.relative(process.cwd(), await packageExtension()));
  } catch (error) {
    console.error(errorText(error));
    process.exitCode = 1;
  }
}
