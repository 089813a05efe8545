import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { Cleanup } from '../../support/cleanup.ts';
import { makeExampleWorkspace, type ExampleWorkspace } from '../../support/exampleWorkspace.ts';
import { installedVsix } from '../../support/installedVsix.ts';
import { skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import {
  startScriptedVllmServer,
  type ScriptedVllmServer,
} from '../../support/scriptedVllmServer.ts';
import { until } from '../../support/until.ts';
import { Workbench } from '../../support/workbench.ts';

const apiKey = 'sk-test-9b2d4c66aa01';

describe('endpoints in the workbench', { skip: skipWithoutChromium() }, () => {
  const opened = new Cleanup();
  let folder: ExampleWorkspace;
  let server: ScriptedVllmServer;
  let workbench: Workbench;

  before(async () => {
    const script = { apiKey, models: ['small-asr', 'large-asr'] };
    server = opened.add(await startScriptedVllmServer(script), (running) => running.close());
    const installed = opened.add(await installedVsix('newest'), (vsix) => vsix.remove());
    folder = opened.add(await makeExampleWorkspace(), (example) => example.remove());
    const options = { workspace: folder.dir };
    workbench = opened.add(await Workbench.open(installed, options), (window) => window.close());
  });
  after(() => opened.run());

  function endpoint(name: RegExp): Locator {
    return workbench.page.getByRole('tree', { name: /Endpoints/ }).getByRole('treeitem', { name });
  }

  /** Answers a question for a text; without one, with what is there already. */
  async function answer(placeholder: string, text?: string): Promise<void> {
    await workbench.question(placeholder);
    if (text !== undefined) await workbench.quickInput.locator('input:focus').fill(text);
    await workbench.page.keyboard.press('Enter');
  }

  async function removeEndpoint(name: RegExp): Promise<void> {
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await workbench.chooseFromMenu(endpoint(name), 'Remove Endpoint', dialog);
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await endpoint(name).waitFor({ state: 'detached' });
  }

  async function configured(): Promise<unknown> {
    const file = path.join(workbench.dataDir, 'data', 'Machine', 'settings.json');
    const user = path.join(workbench.dataDir, 'data', 'User', 'settings.json');
    const texts = await Promise.all(
      [file, user].map((each) => readFile(each, 'utf8').catch(() => '{}')),
    );
    const settings = texts.map((text) => JSON.parse(text) as Record<string, unknown>);
    return settings.map((each) => each['rtbench.endpoints']).find((each) => each !== undefined);
  }

  it('one is added by answering questions, the model among those that the server lists', async () => {
    await workbench.showViews();
    await workbench.command('RTBench: Add Endpoint…');
    await workbench.choose('What does the server speak?', /^vLLM realtime/);
    await answer('ws://localhost:8000', server.url);
    await answer('No API key', apiKey);
    await workbench.choose('Choose a model', 'large-asr');
    await answer('en', 'en');
    await answer('Name of the endpoint', 'My server');
    await workbench.notification(/Added the endpoint "My server": it answered in \d+ ms/).waitFor();
    await endpoint(/^My server/).waitFor();
    await screenshot(workbench.page, 'endpoint-added');
    const [, added] = (await configured()) as Record<string, unknown>[];
    assert.deepEqual(added, {
      name: 'My server',
      url: server.url,
      dialect: 'vllm-realtime',
      model: 'large-asr',
      language: 'en',
    });
  });

  it('one is changed from its menu, with its answers given already', async () => {
    const name = workbench.quickInput.locator('input[placeholder*="ws://"]');
    await workbench.chooseFromMenu(endpoint(/^My server/), 'Edit Endpoint…', name);
    await answer('ws://localhost:8000');
    await answer('A key is stored');
    await workbench.choose('Choose a model', 'small-asr');
    await answer('en');
    await answer('Name of the endpoint', 'Renamed');
    await workbench.notification('Changed the endpoint "Renamed"').waitFor();
    await endpoint(/^Renamed/).waitFor();
    assert.equal(await endpoint(/^My server/).count(), 0);
  });

  it('one that does not get its key says so, and what to do', async () => {
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await workbench.chooseFromMenu(endpoint(/^Renamed/), 'Remove API Key…', dialog);
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await dialog.waitFor({ state: 'detached' });
    const refused = workbench.notification('"Renamed" does not answer');
    await workbench.chooseFromMenu(endpoint(/^Renamed/), 'Test Endpoint', refused);
    await refused.getByRole('button', { name: 'Set API Key…' }).waitFor();
    await screenshot(workbench.page, 'endpoint-needs-key');
  });

  it('one is removed after asking', async () => {
    await removeEndpoint(/^Renamed/);
    await until(async () => ((await configured()) as unknown[]).length === 1, 'the setting');
  });

  it('one that does not answer is saved only after its whole reason was told', async () => {
    await workbench.command('RTBench: Add Endpoint…');
    await workbench.choose('What does the server speak?', /^vLLM realtime/);
    await answer('ws://localhost:8000', server.url);
    await answer('No API key');
    await workbench.accept("Type the model's name");
    await answer('en');
    await answer('Name of the endpoint', 'Refusing');
    await workbench.question('HTTP 401');
    const because = (await workbench.quickChoices.allInnerTexts())
      .join(' ')
      .replaceAll(/\s+/g, ' ');
    assert.match(because, /HTTP 401.* API key, or set the model by name\./);
    await screenshot(workbench.page, 'endpoint-does-not-answer');
    await workbench.choose('HTTP 401', 'Save anyway');
    await endpoint(/^Refusing.*needs an API key/).waitFor();
    await removeEndpoint(/^Refusing/);
  });

  it('one is kept until settings that have an error can be written again', async () => {
    const file = path.join(workbench.dataDir, 'data', 'Machine', 'settings.json');
    const settings = await readFile(file, 'utf8');
    await workbench.command('RTBench: Add Endpoint…');
    await workbench.choose('What does the server speak?', /^vLLM realtime/);
    await answer('ws://localhost:8000', server.url);
    await answer('No API key', apiKey);
    await workbench.choose('Choose a model', 'small-asr');
    await answer('en');
    await workbench.question('Name of the endpoint');
    await writeFile(file, settings.replace(/\}\s*$/, ''));
    await answer('Name of the endpoint', 'Entered');
    const failed = workbench.notification('The endpoint "Entered" could not be saved');
    await failed.waitFor();
    await screenshot(workbench.page, 'endpoint-not-saved');
    await writeFile(file, settings);
    await failed.getByRole('button', { name: 'Try Again' }).click();
    await endpoint(/^Entered/).waitFor();
    await removeEndpoint(/^Entered/);
  });

  it('one is added by its address: what it speaks is found out', async () => {
    await workbench.command('RTBench: Add Endpoint…');
    await workbench.choose('What does the server speak?', /^Detect/);
    await answer('ws://localhost:8000', server.url);
    await answer('No API key', apiKey);
    await workbench.choose('Choose a model', 'small-asr');
    await answer('en');
    await answer('Name of the endpoint', 'Detected');
    await workbench.notification('Added the endpoint "Detected"').waitFor();
    const [, added] = (await configured()) as Record<string, unknown>[];
    assert.equal(added?.dialect, 'vllm-realtime');
    await removeEndpoint(/^Detected/);
  });

  it('the embedded one is started and stopped', async () => {
    const running = endpoint(/^Embedded.*running/);
    await workbench.chooseFromMenu(endpoint(/^Embedded/), 'Start', running);
    await screenshot(workbench.page, 'embedded-running');
    const stopped = endpoint(/^Embedded.*(stopped|not running)/);
    await workbench.chooseFromMenu(endpoint(/^Embedded/), 'Stop', stopped);
  });

  it('speech is benchmarked from the palette at the embedded one', async () => {
    await workbench.command('RTBench: Run Benchmark…');
    await workbench.choose('Speech to send', /^speech/);
    await workbench.accept('How to send it');
    await workbench.accept('Enter starts');
    await workbench.runEditor.getByRole('grid', { name: 'Sessions' }).waitFor();
    assert.deepEqual(workbench.cspViolations, []);
  });

  for (const [what, item] of [
    ['an audio file', 'kitchen-lights.flac'],
    ['a folder', 'speech'],
  ] as const) {
    it(`${what} is benchmarked from the explorer`, async () => {
      await workbench.closeEditors();
      const explorer = workbench.page
        .locator('.activitybar')
        .getByRole('tab', { name: /^Explorer/ });
      if ((await explorer.getAttribute('aria-selected')) !== 'true') await explorer.click();
      if (item !== 'speech') {
        const file = workbench.page.getByRole('treeitem', { name: item });
        await workbench.page.getByRole('treeitem', { name: 'speech' }).click();
        await file.waitFor();
      }
      const entry = workbench.page.getByRole('treeitem', { name: item, exact: true });
      await workbench.chooseFromMenu(entry, 'Benchmark This', workbench.quickChoice);
      await workbench.accept('How to send it');
      await workbench.accept('Enter starts');
      await workbench.runEditor.getByRole('grid', { name: 'Sessions' }).waitFor();
    });
  }
});
