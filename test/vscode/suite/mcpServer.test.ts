import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { toolNames } from '../../../src/agenttools/toolNames.ts';
import { exampleFiles } from '../../support/exampleFiles.ts';
import { activatedExtension } from './extensionUnderTest.ts';
import { waitFor } from './waitFor.ts';

/** As VS Code calls the tools of a server. */
const prefix = 'mcp_rtbench_';

/** Longer than VS Code takes to hear of a server and to start it. */
const startMs = 5000;

function offered(): string[] {
  const names = vscode.lm.tools.map(({ name }) => name);
  return names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}

async function enable(value: true | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration();
  await settings.update('rtbench.mcp.enabled', value, vscode.ConfigurationTarget.Global);
}

/** As VS Code's list of servers does; nothing where it knows of no such server. */
async function startServer(): Promise<void> {
  const id = 'rtbench.rtbench/RTBench';
  await vscode.commands.executeCommand('workbench.mcp.startServer', id, { autoTrustChanges: true });
}

/** Tries for long enough. */
async function startInVain(): Promise<void> {
  const endMs = performance.now() + startMs;
  while (performance.now() < endMs) {
    await startServer();
    await sleep(250);
  }
}

async function invoke(name: string, input: object): Promise<string> {
  const call = { input, toolInvocationToken: undefined };
  const { content } = await vscode.lm.invokeTool(prefix + name, call);
  const texts = content.map((part) =>
    part instanceof vscode.LanguageModelTextPart ? part.value : JSON.stringify(part),
  );
  return texts.join('\n');
}

// VS Code itself is the client here: it resolves what the provider offers, starts that, and lists
// and calls its tools.
describe('the MCP server that VS Code is offered', function () {
  this.timeout(60_000);

  before(activatedExtension);
  after(() => enable(undefined));

  it('is not there unless the setting says so', async () => {
    await startInVain();
    assert.deepEqual(offered(), []);
  });

  it('starts, with every tool', async () => {
    await enable(true);
    const names = await waitFor('the tools', async () => {
      await startServer();
      return offered().length === toolNames.length ? offered() : undefined;
    });
    assert.deepEqual(names.toSorted(), toolNames.toSorted());
  });

  it('works in the open folder', async () => {
    assert.match(await invoke('rtbench_list_endpoints', {}), /\| Embedded \| vllm-realtime \|/);
    const runs = await invoke('rtbench_list_runs', { limit: 50 });
    assert.ok(runs.includes(exampleFiles.run), runs);
    const summary = await invoke('rtbench_get_run_summary', { run: exampleFiles.run });
    assert.match(summary, /Run file: runs\/first\.rtbench\.json/);
  });

  it('goes when the setting is taken back', async () => {
    await enable(undefined);
    const works = (): Promise<boolean> =>
      invoke('rtbench_list_endpoints', {}).then(
        () => true,
        () => false,
      );
    // The oldest VS Code still lists the tools of a server that is gone.
    await waitFor('no tool', async () => ((await works()) ? undefined : true));
    await startInVain();
    assert.equal(await works(), false);
  });
});
