import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import {
  codeServerPins,
  installCodeServer,
  type CodeServerName,
} from '../../scripts/installCodeServer.ts';

const root = path.join(import.meta.dirname, '..', '..');
const shim = path.join(import.meta.dirname, 'host', 'serverHost.ts');

/** Which VS Code runs the suite: desktop, or the server build, which needs no download of it. */
export const onDesktop = process.env.VSCODE_TEST_HOST === 'desktop';

export interface HostRun {
  extensionTestsPath: string;
  workspace: string;
  env?: Record<string, string>;
}

/** Runs a built suite in an extension host of that VS Code; rejects when a test fails. */
export async function runInHost(name: CodeServerName, run: HostRun): Promise<void> {
  if (!onDesktop) await installCodeServer(name);
  const executable = onDesktop ? process.env.VSCODE_EXECUTABLE : shim;
  const { vscodeVersion } = codeServerPins[name];
  await runTests({
    ...(executable === undefined
      ? { version: name === 'newest' ? 'stable' : `${vscodeVersion}.2` }
      : { vscodeExecutablePath: executable }),
    extensionDevelopmentPath: root,
    extensionTestsPath: run.extensionTestsPath,
    launchArgs: [run.workspace],
    extensionTestsEnv: {
      ...run.env,
      RTBENCH_VSCODE: name,
      // The shim is a script: it runs on the Node that runs this.
      PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH ?? ''}`,
    },
  });
}

/** The versions to run on: all, or the one that `RTBENCH_VSCODE` names. */
export function wantedVersions(): CodeServerName[] {
  const all = Object.keys(codeServerPins) as CodeServerName[];
  const choice = process.env.RTBENCH_VSCODE;
  if (!choice) return all;
  const name = all.find((each) => each === choice);
  if (name !== undefined) return [name];
  throw new Error(`RTBENCH_VSCODE is "${choice}"; it takes ${all.join(' or ')}.`);
}
