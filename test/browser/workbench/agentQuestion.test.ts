import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { installVsix } from '../../../scripts/installVsix.ts';
import { Cleanup } from '../../support/cleanup.ts';
import { makeExampleWorkspace } from '../../support/exampleWorkspace.ts';
import { installedVsix } from '../../support/installedVsix.ts';
import { skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import {
  startScriptedVllmServer,
  type ScriptedVllmServer,
} from '../../support/scriptedVllmServer.ts';
import { callToolCommand, makeToolCaller } from '../../support/toolCaller.ts';
import { Workbench } from '../../support/workbench.ts';

const plan = 'nightly.rtplan.json';

describe('the question before an agent sends audio', { skip: skipWithoutChromium() }, () => {
  const opened = new Cleanup();
  let workbench: Workbench;
  let server: ScriptedVllmServer;
  let folder: string;

  before(async () => {
    const words = ['please', 'turn', 'off', 'the', 'lights'];
    server = opened.add(await startScriptedVllmServer({ words }), (asr) => asr.close());
    const installed = opened.add(await installedVsix('newest'), (vsix) => vsix.remove());
    const example = opened.add(await makeExampleWorkspace(), (made) => made.remove());
    folder = example.dir;
    const { codeServer, extensionsDir } = installed;
    const made = path.join(path.dirname(extensionsDir), 'caller');
    const caller = await makeToolCaller(made, { tool: 'rtbench_run_plan', input: { plan } });
    await installVsix(codeServer, { extensionsDir, dataDir: path.join(made, 'data') }, caller);
    const settings = { 'chat.disableAIFeatures': false };
    const options = { workspace: folder, settings };
    workbench = opened.add(await Workbench.open(installed, options), (window) => window.close());
  });
  after(() => opened.run());

  const writePlan = (url: string): Promise<void> => {
    const content = {
      name: 'Nightly',
      endpoints: [{ id: 'mine', url: server.url }, ...(url === '' ? [] : [{ id: 'away', url }])],
      datasets: ['speech'],
      pacing: { mode: 'burst' },
      warmUp: 1,
      thresholds: ['ttft.p50 <= 60 s'],
      outputFolder: 'nightly',
    };
    return writeFile(path.join(folder, plan), JSON.stringify(content));
  };
  const question = (): Locator => workbench.page.locator('.monaco-dialog-box');

  it('names what it costs and where audio goes; nothing is sent where it is refused', async () => {
    await writePlan('wss://asr.example.com');
    await workbench.command(callToolCommand);
    await question().waitFor();
    await screenshot(workbench.page, 'agent-question');
    const text = await question().innerText();
    assert.match(text, /Run the plan "Nightly"\?/);
    assert.match(text, /2 sessions, 0:\d\d of audio \(minutes:seconds\) of "speech" to mine, away/);
    assert.match(text, /leaves this computer: it goes to asr\.example\.com, which may charge/);
    assert.match(
      text,
      /mine \(127\.0\.0\.1:\d+\), away \(asr\.example\.com\).*2 more sessions to warm up/,
    );
    await question().getByRole('button', { name: 'Cancel' }).click();
    await workbench.notification(/Cancel/).waitFor();
    assert.equal(server.upgrades.length, 0);
    await assert.rejects(readdir(path.join(folder, 'nightly')));
  });

  it('lets it run where it is allowed', async () => {
    await writePlan('');
    await workbench.command(callToolCommand);
    await question().filter({ hasText: 'No audio leaves this computer.' }).waitFor();
    await question().getByRole('button').filter({ hasNotText: 'Cancel' }).first().click();
    await workbench.notification(/Plan "Nightly", 1 of 1 run: Every threshold met/).waitFor();
    await screenshot(workbench.page, 'agent-answer');
    assert.equal((await readdir(path.join(folder, 'nightly'))).length, 1);
  });
});
