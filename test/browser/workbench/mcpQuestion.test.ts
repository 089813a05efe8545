import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
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

describe('the question of the MCP server in VS Code', { skip: skipWithoutChromium() }, () => {
  const opened = new Cleanup();
  let workbench: Workbench;
  let server: ScriptedVllmServer;

  before(async () => {
    const words = ['please', 'turn', 'off', 'the', 'lights'];
    server = opened.add(await startScriptedVllmServer({ words }), (asr) => asr.close());
    const installed = opened.add(await installedVsix('newest'), (vsix) => vsix.remove());
    const example = opened.add(await makeExampleWorkspace(), (made) => made.remove());
    const folder = example.dir;
    const content = {
      name: 'Nightly',
      endpoints: [{ id: 'mine', url: server.url }],
      datasets: ['speech'],
      pacing: { mode: 'burst' },
      outputFolder: 'nightly',
    };
    await writeFile(path.join(folder, plan), JSON.stringify(content));
    const { codeServer, extensionsDir } = installed;
    const made = path.join(path.dirname(extensionsDir), 'caller');
    const tool = 'mcp_rtbench_rtbench_run_plan';
    const caller = await makeToolCaller(made, { tool, input: { plan } });
    await installVsix(codeServer, { extensionsDir, dataDir: path.join(made, 'data') }, caller);
    const settings = { 'rtbench.mcp.enabled': true, 'chat.disableAIFeatures': false };
    const options = { workspace: folder, settings };
    workbench = opened.add(await Workbench.open(installed, options), (window) => window.close());
  });
  after(() => opened.run());

  const notification = (text: string): Locator =>
    workbench.page.locator('.notification-list-item').filter({ hasText: text });

  /** VS Code asks about any tool first, then shows what the server asks. */
  async function answer(choice: string): Promise<void> {
    await workbench.command(callToolCommand);
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.getByRole('button', { name: 'Yes' }).click();
    const question = notification('Run the plan "Nightly"?');
    await question.getByText('No audio leaves this computer.').waitFor();
    await screenshot(workbench.page, 'mcp-question');
    // Says no more than that there is an answer: nothing may be sent for it.
    await question.getByRole('button', { name: 'Respond' }).click();
    await workbench.quickChoices.filter({ hasText: choice }).waitFor();
    assert.equal(server.connections.length, 0);
    await screenshot(workbench.page, 'mcp-question-choice');
    await workbench.quickChoices.filter({ hasText: choice }).click();
  }

  it('is a choice, and nothing is sent where it is refused', async () => {
    await workbench.command('MCP: List Servers');
    await workbench.quickChoices.filter({ hasText: 'RTBench' }).click();
    await workbench.quickChoices.filter({ hasText: 'Start Server' }).click();
    await workbench.page
      .locator('.view-line')
      .filter({ hasText: /Discovered\s\d+\stools/ })
      .waitFor();
    await answer('Send nothing');
    await notification('The user did not allow it. Nothing was sent.').waitFor();
    assert.equal(server.connections.length, 0);
  });

  it('is measured where it is allowed', async () => {
    await answer('Send the audio');
    await notification('Measured 1 of 1 sessions').waitFor();
    assert.equal(server.connections.length, 1);
  });
});
