import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { makeExampleWorkspace, type ExampleWorkspace } from '../../support/exampleWorkspace.ts';
import { installedVsix, type InstalledVsix } from '../../support/installedVsix.ts';
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
  let installed: InstalledVsix;
  let folder: ExampleWorkspace;
  let workbench: Workbench;
  let server: ScriptedVllmServer;

  before(async () => {
    server = await startScriptedVllmServer({
      apiKey: key,
      words: 'please turn off the lights in the kitchen'.split(' '),
    });
    installed = await installedVsix('newest');
    folder = await makeExampleWorkspace();
    workbench = await Workbench.open(installed, {
      folder: folder.dir,
      settings: {
        'rtbench.endpoints': [{ name: 'Guarded', url: server.url, dialect: 'vllm-realtime' }],
      },
    });
  });
  after(async () => {
    await workbench.close();
    await server.close();
    await installed.remove();
    await folder.remove();
  });

  it('a key is entered and tried', async () => {
    const { page } = workbench;
    await workbench.command('RTBench: Set API Key…');
    await workbench.accept('Set the API key of');
    await page.getByText('Kept in VS Code').waitFor();
    await page.keyboard.type(key);
    await page.keyboard.press('Enter');
    await page
      .getByText(/answers/i)
      .first()
      .waitFor();
    await screenshot(page, 'endpoint-tested');
  });

  it('a benchmark is run and its sessions are explored', async () => {
    const { page } = workbench;
    await workbench.command('RTBench: Run Benchmark…');
    await workbench.question('Speech to send');
    await workbench.quickChoices.filter({ hasText: /^speech/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await workbench.accept('How to send it');
    await workbench.accept('Enter starts');
    const run = workbench.runEditor;
    await run.getByRole('grid', { name: 'Sessions' }).waitFor({ timeout: 60_000 });
    assert.deepEqual(server.violations, []);

    const grid = run.getByRole('grid', { name: 'Sessions' });
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Tab');
      if (await grid.evaluate('document.activeElement?.role === "grid"')) break;
    }
    await page.keyboard.press('Enter');
    await run.getByRole('heading', { name: 'Metrics' }).waitFor();
    await screenshot(page, 'explored-by-keyboard');
    assert.deepEqual(workbench.cspViolations, []);
  });

  it('leaves the key in no file', async () => {
    assert.deepEqual(await filesWith(key, folder.dir), []);
    assert.deepEqual(await filesWith(key, workbench.dataDir), []);
  });
});
