import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  installCodeServer,
  type CodeServer,
  type CodeServerName,
} from '../../scripts/installCodeServer.ts';
import { installVsix } from '../../scripts/installVsix.ts';

/** VS Code's server with the packaged extension installed, as a user has it. */
export interface InstalledVsix {
  codeServer: CodeServer;
  extensionsDir: string;
  remove(): Promise<void>;
}

/** Installs the packaged extension into a folder of its own. */
export async function installedVsix(name: CodeServerName): Promise<InstalledVsix> {
  const codeServer = await installCodeServer(name);
  const dir = await mkdtemp(path.join(os.tmpdir(), 'rtbench-installed-'));
  const extensionsDir = path.join(dir, 'extensions');
  await installVsix(codeServer, { extensionsDir, dataDir: path.join(dir, 'data') });
  return {
    codeServer,
    extensionsDir,
    remove: () => rm(dir, { recursive: true, force: true, maxRetries: 5 }),
  };
}
