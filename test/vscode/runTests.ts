// Runs the Mocha suite in real extension hosts, on the oldest VS Code that is supported and on the
// newest. docs/testing.md says how to choose.
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { errorText } from '../../src/common/benchError.ts';
import { codeServerPins, installCodeServer } from '../../scripts/installCodeServer.ts';
import type { CodeServerName } from '../../scripts/installCodeServer.ts';
import { makeExampleWorkspace } from '../support/exampleWorkspace.ts';
import { buildSuite } from './buildSuite.ts';

const root = path.join(import.meta.dirname, '..', '..');
const desktop = process.env.VSCODE_TEST_HOST === 'desktop';

async function runOn(name: CodeServerName, extensionTestsPath: string): Promise<void> {
  const { vscodeVersion } = codeServerPins[name];
  const workspace = await makeExampleWorkspace();
  try {
    console.log(`\nVS Code ${vscodeVersion} (${desktop ? 'desktop' : 'server'})`);
    if (!desktop) await installCodeServer(name);
    const chosenExecutable = desktop
      ? process.env.VSCODE_EXECUTABLE
      : path.join(import.meta.dirname, 'host', 'serverHost.ts');
    await runTests({
      ...(chosenExecutable === undefined
        ? { version: name === 'newest' ? 'stable' : `${vscodeVersion}.2` }
        : { vscodeExecutablePath: chosenExecutable }),
      extensionDevelopmentPath: root,
      extensionTestsPath,
      launchArgs: [workspace.dir],
      extensionTestsEnv: {
        RTBENCH_VSCODE: name,
        PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH ?? ''}`,
      },
    });
  } finally {
    await workspace.remove();
  }
}

function wanted(): CodeServerName[] {
  const all = Object.keys(codeServerPins) as CodeServerName[];
  const choice = process.env.RTBENCH_VSCODE;
  if (!choice) return all;
  const name = all.find((each) => each === choice);
  if (name !== undefined) return [name];
  throw new Error(`RTBENCH_VSCODE is "${choice}"; it takes ${all.join(' or ')}.`);
}

try {
  const suite = await buildSuite();
  for (const name of wanted()) await runOn(name, suite);
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}
