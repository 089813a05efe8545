import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { BenchError } from '../src/common/benchError.ts';
import type { CodeServer } from './installCodeServer.ts';
import { vsixFile } from './vsixFile.ts';

export interface ExtensionPlace {
  /** Where the server looks for extensions. */
  extensionsDir: string;
  dataDir: string;
}

/**
 * Installs a VSIX as a user would; without one, that which `npm run package` made.
 *
 * @throws BenchError `vsix_missing`.
 */
export async function installVsix(
  codeServer: CodeServer,
  place: ExtensionPlace,
  given?: string,
): Promise<void> {
  const vsix = given ?? (await vsixFile());
  if (!existsSync(vsix)) {
    throw new BenchError('vsix_missing', `${vsix} is missing: run "npm run package" first.`);
  }
  await promisify(execFile)(codeServer.node, [
    codeServer.main,
    ...['--accept-server-license-terms', '--server-data-dir', place.dataDir],
    ...['--extensions-dir', place.extensionsDir, '--install-extension', vsix, '--force'],
  ]);
}
