import { after, before, describe, it } from 'node:test';
import { toolNames } from '../../../src/agenttools/toolNames.ts';
import { Cleanup } from '../../support/cleanup.ts';
import { makeExampleWorkspace } from '../../support/exampleWorkspace.ts';
import { installedVsix } from '../../support/installedVsix.ts';
import { skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import { Workbench } from '../../support/workbench.ts';

describe('the MCP server in the workbench', { skip: skipWithoutChromium() }, () => {
  const opened = new Cleanup();
  let workbench: Workbench;

  before(async () => {
    const installed = opened.add(await installedVsix('newest'), (vsix) => vsix.remove());
    const folder = opened.add(await makeExampleWorkspace(), (example) => example.remove());
    const settings = { 'rtbench.mcp.enabled': true, 'chat.disableAIFeatures': false };
    const options = { workspace: folder.dir, settings };
    workbench = opened.add(await Workbench.open(installed, options), (window) => window.close());
  });
  after(() => opened.run());

  it('is in the list of servers, from where it is started', async () => {
    await workbench.command('MCP: List Servers');
    const server = workbench.quickChoices.filter({ hasText: 'RTBench' });
    await server.waitFor();
    await screenshot(workbench.page, 'mcp-servers');
    await server.click();
    await workbench.quickChoices.filter({ hasText: 'Start Server' }).click();
    // What VS Code says of the server stands in the panel below. Its spaces are not all spaces.
    const said = workbench.page.locator('.view-line');
    const discovered = new RegExp(`Discovered\\s${toolNames.length}\\stools`);
    await said.filter({ hasText: discovered }).waitFor();
    await screenshot(workbench.page, 'mcp-server-runs');
  });
});
