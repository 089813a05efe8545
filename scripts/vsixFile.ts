import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';

const root = path.dirname(import.meta.dirname);
const manifestSchema = z.object({ name: z.string(), version: z.string() });

/** Where `npm run package` puts the VSIX of this version. */
export async function vsixFile(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const { name, version } = manifestSchema.parse(manifest);
  return path.join(root, `${name}-${version}.vsix`);
}
