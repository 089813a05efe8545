import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { toolNames } from '../../../src/agenttools/toolNames.ts';
import { exampleFiles } from '../../support/exampleFiles.ts';
import {
  startScriptedVllmServer,
  type ScriptedVllmServer,
} from '../../support/scriptedVllmServer.ts';
import { activatedExtension } from './extensionUnderTest.ts';
import { invoke } from './invokeTool.ts';
import { waitFor } from './waitFor.ts';
import { closeEditors, shownRun, workspaceFile } from './workspace.ts';

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

async function writePlan(name: string, plan: object | string): Promise<void> {
  const text = typeof plan === 'string' ? plan : JSON.stringify(plan);
  await vscode.workspace.fs.writeFile(workspaceFile(name), new TextEncoder().encode(text));
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
    const tools = await shownTools(toolNames.length);
    assert.deepEqual(tools.map(({ name }) => name).toSorted(), toolNames.toSorted());
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

  const secret = 'sk-0123456789abcdef0123';
  const badPlans: [plan: object | string, message: RegExp][] = [
    ['{ "name": "Cut', /bad\.rtplan\.json:1:\d+: The plan is not JSON: /],
    [{ name: 'A', endpoints: ['Nobody'] }, /bad\.rtplan\.json: No endpoint "Nobody"/],
    [
      { name: 'A', endpoints: [{ id: 'a', url: 'ws://a', apiKey: secret }] },
      /looks like a secret.*"RTBench: Set API Key…"/,
    ],
    [{ name: 'A', endpoints: ['Scripted'], datasets: ['/etc'] }, /lies outside of the folder/],
    [{ name: 'A', endpoints: ['Scripted'], datasets: ['nothing'] }, /There is no ".*nothing"/],
    [{ name: 'A', endpoints: ['Scripted'], outputFolder: '/tmp' }, /lies outside of the folder/],
    [{ name: 'A', endpoints: ['Scripted'], thresholds: ['fast'] }, /Threshold "fast" is not/],
  ];
  for (const [plan, message] of badPlans) {
    it(`refuse the plan ${JSON.stringify(plan).slice(0, 70)}`, async () => {
      await writePlan('bad.rtplan.json', plan);
      const connections = server.connections.length;
      await assert.rejects(invoke('rtbench_run_plan', { plan: 'bad.rtplan.json' }), (error) => {
        assert.match(String(error), message);
        assert.ok(!String(error).includes(secret));
        return true;
      });
      await vscode.workspace.fs.delete(workspaceFile('bad.rtplan.json'));
      assert.equal(server.connections.length, connections);
    });
  }

  it('refuse what is no plan of the workspace', async () => {
    for (const [plan, message] of [
      ['no.rtplan.json', /There is no/],
      ['/etc/passwd', /lies outside/],
      [exampleFiles.run, /is no plan file/],
    ] as const) {
      await assert.rejects(invoke('rtbench_run_plan', { plan }), message);
    }
  });

  it('list plans with what each would send', async () => {
    await writePlan('listed.rtplan.json', {
      name: 'Listed',
      endpoints: ['Scripted', { id: 'away', url: 'wss://asr.example.com' }],
      datasets: ['speech'],
      repeats: 2,
    });
    const plans = await invoke('rtbench_list_plans', {});
    await vscode.workspace.fs.delete(workspaceFile('listed.rtplan.json'));
    assert.match(plans, /\| listed\.rtplan\.json \| Listed \| Scripted \(on this computer\); away/);
    assert.match(
      plans,
      /leaves this computer for asr\.example\.com\) \| 4 sessions, 0:\d\d of audio/,
    );
  });

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

  itWithAnswer('run a plan with its unsaved changes, and judge it', async () => {
    await writePlan('nightly.rtplan.json', {
      name: 'Nightly',
      endpoints: ['Scripted'],
      datasets: ['speech'],
      profiles: [{ kind: 'concurrent', sessions: 1 }],
      pacing: { mode: 'burst' },
      outputFolder: 'nightly-results',
    });
    const uri = workspaceFile('nightly.rtplan.json');
    const document = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    const thresholds = '"thresholds": ["ttft.p50 <= 60 s", "ttft.p50 <= 0.001 ms"], ';
    edit.insert(uri, document.positionAt(1), thresholds);
    const load = '{ "kind": "concurrent", "sessions": 2 }, ';
    edit.insert(uri, document.positionAt(document.getText().indexOf('{"kind"')), load);
    await vscode.workspace.applyEdit(edit);
    assert.equal(document.isDirty, true);
    try {
      const text = await invoke('rtbench_run_plan', { plan: 'nightly.rtplan.json' });
      assert.match(text, /^Plan "Nightly", 2 of 2 runs: MISSED 2 of 4 thresholds\.\n/);
      const saved = [...text.matchAll(/^Measured 1 of 1 sessions.* Saved: (file:\S+)$/gm)];
      assert.equal(saved.length, 2, text);
      for (const [, file] of saved) {
        assert.match(file!, /\/nightly-results\//);
        await vscode.workspace.fs.stat(vscode.Uri.parse(file!));
      }
      assert.equal(shownRun(), undefined);
    } finally {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await closeEditors();
      await vscode.workspace.fs.delete(uri);
      // Other tests choose among the newest runs.
      const results = workspaceFile('nightly-results');
      await vscode.workspace.fs.delete(results, { recursive: true });
    }
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
