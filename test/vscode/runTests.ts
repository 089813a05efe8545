// Runs the Mocha suite in real extension hosts, on the oldest VS Code that is supported and on the
// newest. docs/testing.md says how to choose.
import path from 'node:path';
import { errorText } from '../../src/common/benchError.ts';
import { codeServerPins } from '../../scripts/installCodeServer.ts';
import { makeExampleWorkspace } from '../support/exampleWorkspace.ts';
import { buildSuite } from './buildSuite.ts';
import { onDesktop, runInHost, wantedVersions } from './runInHost.ts';

try {
  const extensionTestsPath = await buildSuite(path.join(import.meta.dirname, 'suite'));
  for (const name of wantedVersions()) {
    const { vscodeVersion } = codeServerPins[name];
    console.log(`\nVS Code ${vscodeVersion} (${onDesktop ? 'desktop' : 'server'})`);
    const workspace = await makeExampleWorkspace();
    try {
      await runInHost(name, { extensionTestsPath, workspace: workspace.dir });
    } finally {
      await workspace.remove();
    }
  }
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}
