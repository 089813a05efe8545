import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Cleanup } from '../../support/cleanup.ts';
import { makeExampleWorkspace, type ExampleWorkspace } from '../../support/exampleWorkspace.ts';
import { installedVsix } from '../../support/installedVsix.ts';
import { skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import {
  startScriptedVllmServer,
  type ScriptedVllmServer,
} from '../../support/scriptedVllmServer.ts';
import { Workbench } from '../../support/workbench.ts';

const key = 'sk-test-4f1c8a0e77d2';

/** Files below a folder that contain the text. */
async function filesWith(text: string, folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const found = await Promise.all(
    files.map(async (file) => ((await readFile(file)).includes(text) ? [file] : [])),
  );
  return found.flat();
}

describe('with the keyboard alone', { skip: skipWithoutChromium() }, () => {
  const opened = new Cleanup();
  let folder: ExampleWorkspace;
  let workbench: Workbench;
  let server: ScriptedVllmServer;

  before(async () => {
    const script = { apiKey: key, words: 'please turn off the lights in the kitchen'.split(' ') };
    server = opened.add(await startScriptedVllmServer(script), (running) => running.close());
    const installed = opened.add(await installedVsix('newest'), (vsix) => vsix.remove());
    folder = opened.add(await makeExampleWorkspace(), (example) => example.remove());
    const options = {
      workspace: folder.dir,
      settings: {
        'rtbench.endpoints': [{ name: 'Guarded', url: server.url, dialect: 'vllm-realtime' }],
      },
    };
    workbench = opened.add(await Workbench.open(installed, options), (window) => window.close());
  });
  after(() => opened.run());

  it('a key is entered and tried', async () => {
    const { page } = workbench;
    await workbench.command('RTBench: Set API Key…');
    await workbench.accept('Set the API key of');
    await page.getByText('Kept in VS Code').waitFor();
    await workbench.quickInput.locator('input[type="password"]:focus').waitFor();
    await page.keyboard.type(key);
    await page.keyboard.press('Enter');
    await workbench.notification('"Guarded" answers').waitFor();
    await screenshot(page, 'endpoint-tested');
  });

  it('a benchmark is run and its sessions are explored', async () => {
    const { page } = workbench;
    await workbench.command('RTBench: Run Benchmark…');
    await workbench.choose('Speech to send', /^speech/);
    await workbench.accept('How to send it');
    await workbench.accept('Enter starts');
    const run = workbench.runEditor;
    const grid = run.getByRole('grid', { name: 'Sessions' });
    await grid.waitFor();
    assert.deepEqual(server.violations, []);
    await workbench.tabTo(grid);
    await page.keyboard.press('Enter');
    await run.getByRole('heading', { name: 'Metrics' }).waitFor();
    await screenshot(page, 'explored-by-keyboard');
    assert.deepEqual(workbench.cspViolations, []);
  });

  it('leaves the key in no file', async () => {
    // All that is kept is written by then.
    await workbench.stop();
    assert.deepEqual(await filesWith(key, folder.dir), []);
    assert.deepEqual(await filesWith(key, workbench.dataDir), []);
  });
});
