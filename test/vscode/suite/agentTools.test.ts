import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { exampleFiles } from '../../support/exampleFiles.ts';
import {
  startScriptedVllmServer,
  type ScriptedVllmServer,
} from '../../support/scriptedVllmServer.ts';
import { activatedExtension } from './extensionUnderTest.ts';
import { waitFor } from './waitFor.ts';
import { shownRun } from './workspace.ts';

const names = [
  'rtbench_list_endpoints',
  'rtbench_list_runs',
  'rtbench_run_benchmark',
  'rtbench_get_run_summary',
  'rtbench_compare_runs',
];

type Options = Partial<vscode.LanguageModelToolInvocationOptions<object>>;

async function invoke(
  name: string,
  input: object,
  options: Options = {},
  token?: vscode.CancellationToken,
): Promise<string> {
  const call = { input, toolInvocationToken: undefined, ...options };
  const { content } = await vscode.lm.invokeTool(name, call, token);
  const [part, ...others] = content;
  assert.deepEqual(others, []);
  assert.ok(part instanceof vscode.LanguageModelTextPart);
  return part.value;
}

/** Registered tools reach the extension host a little later. */
function shownTools(count: number): Promise<vscode.LanguageModelToolInformation[]> {
  return waitFor(`${count} tools`, () => {
    const own = vscode.lm.tools.filter(({ name }) => name.startsWith('rtbench_'));
    return own.length === count ? own : undefined;
  });
}

async function configure(url: string): Promise<void> {
  const endpoints = [{ name: 'Scripted', url, dialect: 'vllm-realtime' }];
  await update('rtbench.endpoints', endpoints);
}

async function update(name: string, value: unknown): Promise<void> {
  const settings = vscode.workspace.getConfiguration();
  await settings.update(name, value, vscode.ConfigurationTarget.Global);
}

describe('the tools of agents', function () {
  this.timeout(60_000);
  let server: ScriptedVllmServer;

  before(async () => {
    await activatedExtension();
    server = await startScriptedVllmServer({ words: ['please', 'turn', 'off', 'the', 'lights'] });
    await configure(server.url);
  });
  after(async () => {
    await update('rtbench.endpoints', undefined);
    await server.close();
  });

  it('are there, with descriptions and schemas', async () => {
    const tools = await shownTools(names.length);
    assert.deepEqual(tools.map(({ name }) => name).toSorted(), names.toSorted());
    for (const { description, inputSchema } of tools) {
      assert.ok(description.length > 50);
      assert.equal((inputSchema as { type?: unknown }).type, 'object');
    }
  });

  it('list endpoints and runs', async () => {
    const endpoints = await invoke('rtbench_list_endpoints', {});
    assert.match(endpoints, /\| Scripted \| vllm-realtime \| 127\.0\.0\.1:\d+ \|/);
    assert.match(endpoints, /stays on this computer/);
    const runs = await invoke('rtbench_list_runs', { limit: 50 });
    assert.ok(runs.includes(exampleFiles.run), runs);
    assert.match(runs, /cannot be read and are left out/);
  });

  it('summarise a run and compare two', async () => {
    const summary = await invoke('rtbench_get_run_summary', { run: exampleFiles.run });
    assert.match(summary, /^Run file: runs\/first\.rtbench\.json \(file:/);
    assert.match(summary, /\| Time to first text \(TTFT\) \| ms \|/);
    const compared = await invoke('rtbench_compare_runs', {
      baseline: exampleFiles.run,
      runs: [exampleFiles.secondRun],
    });
    assert.match(compared, /^A → B \(/);
    assert.match(compared, /\| metric \| A \| B \|/);
  });

  it('keep to the budget of tokens', async () => {
    const tokenizationOptions = {
      tokenBudget: 200,
      countTokens: (text: string) => Promise.resolve(text.length),
    };
    const text = await invoke(
      'rtbench_get_run_summary',
      { run: exampleFiles.run },
      { tokenizationOptions },
    );
    assert.ok(text.length <= 200, text);
    assert.match(text, /^Run file: .*\n[^]*… cut here/);
  });

  for (const [name, input, message] of [
    ['rtbench_get_run_summary', { run: '../../etc/passwd' }, /lies outside/],
    ['rtbench_get_run_summary', { run: exampleFiles.notARun }, /not-a-run\.rtbench\.json: /],
    ['rtbench_get_run_summary', { run: exampleFiles.audio }, /is no run file/],
    ['rtbench_get_run_summary', { file: 'a' }, /Its members: run\./],
    [
      'rtbench_compare_runs',
      { baseline: exampleFiles.run, runs: ['no.rtbench.json'] },
      /There is no/,
    ],
    ['rtbench_run_benchmark', { endpoints: ['Nobody'] }, /The endpoints are: "Scripted"/],
    [
      'rtbench_run_benchmark',
      { endpoints: ['Scripted'], dataset: '/etc' },
      /lies outside of the folder/,
    ],
  ] as const) {
    it(`refuse ${name} ${JSON.stringify(input)}`, async () => {
      const connections = server.connections.length;
      await assert.rejects(invoke(name, input), message);
      assert.equal(server.connections.length, connections);
    });
  }

  // The test's browser allows it; on a desktop the question is a window of its own.
  const itWithAnswer = vscode.env.uiKind === vscode.UIKind.Web ? it : it.skip;

  itWithAnswer('run a benchmark, save it, and leave the editor alone', async () => {
    const input = { endpoints: ['Scripted'], dataset: exampleFiles.audio, pacing: 'burst' };
    const text = await invoke('rtbench_run_benchmark', input);
    const [, saved] = /^Measured 1 of 1 sessions; 0 failed .* Saved: (file:\S+)/.exec(text) ?? [];
    assert.ok(saved !== undefined, text);
    await vscode.workspace.fs.stat(vscode.Uri.parse(saved));
    assert.equal(shownRun(), undefined);
    assert.match(await invoke('rtbench_get_run_summary', { run: saved }), /Scripted: 1 sessions/);
  });

  itWithAnswer('stop a benchmark and tell what is kept', async () => {
    const stuck = await startScriptedVllmServer({ words: ['one'], neverDone: true });
    const source = new vscode.CancellationTokenSource();
    try {
      await configure(stuck.url);
      const input = { endpoints: ['Scripted'], dataset: exampleFiles.audio };
      const running = invoke('rtbench_run_benchmark', input, {}, source.token);
      // VS Code gives up a cancelled call at once, and its answer with it.
      const ended = running.then(
        (text) => text,
        (error: unknown) => String(error),
      );
      await waitFor('the session', () => (stuck.connections.length > 0 ? true : undefined));
      source.cancel();
      assert.match(await ended, /STOPPED after|[Cc]ancel/);
      await waitFor('the partial run', async () => {
        const runs = await invoke('rtbench_list_runs', { endpoint: 'Scripted' });
        return runs.includes('partial: cancelled') ? runs : undefined;
      });
    } finally {
      source.dispose();
      await stuck.close();
      await configure(server.url);
    }
  });

  it('are not there while the MCP server is offered instead', async () => {
    const worksNow = () =>
      invoke('rtbench_list_endpoints', {}).then(
        () => true,
        () => false,
      );
    await update('rtbench.mcp.enabled', true);
    try {
      await waitFor('no tool', async () => ((await worksNow()) ? undefined : true));
    } finally {
      await update('rtbench.mcp.enabled', undefined);
    }
    await waitFor('the tool', async () => ((await worksNow()) ? true : undefined));
  });
});
