// The language server with an editor that knows nothing of RTBench, set up as docs/plans.md says.
import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { writeRunFile } from '../../src/runfile/writeRunFile.ts';
import { Cleanup } from '../support/cleanup.ts';
import { exampleRun } from '../support/exampleRun.ts';
import { Neovim, skipWithoutNeovim } from '../support/neovim.ts';
import { shortSpeech } from '../support/runCli.ts';
import { until } from '../support/until.ts';

const root = path.join(import.meta.dirname, '..', '..');

// What stands before a place on its line counts differently in UTF-8, UTF-16 and characters.
const text = `{
  "name": "Nightly",
  "endpoints": [/* Grüße 🎧 */ "team", { "id": "mine", "url": "ws://localhost:1", "dialect": "vosk" }, "nobody"],
  "datasets": ["speech"],
  "thresholds": ["ttft.p50 <= 800 ms", "wer.p95 <= 8 %"]
}
`;

interface Shown {
  code: string;
  message: string;
  marked: string;
  place: [line: number, column: number, endLine: number, endColumn: number];
}

const shownDiagnostics = `
  return vim.tbl_map(function(each)
    local place = { each.lnum, each.col, each.end_lnum, each.end_col }
    local marked = vim.api.nvim_buf_get_text(0, each.lnum, each.col, each.end_lnum, each.end_col, {})
    return { code = each.code, message = each.message, place = place, marked = marked[1] }
  end, vim.diagnostic.get(0))`;

/** What the server answers to a request about the plan, where Neovim 0.7 has no view of its own. */
const asked = `
  local method, more = ...
  local params = vim.tbl_extend('force', { textDocument = vim.lsp.util.make_text_document_params() }, more)
  for _, answer in pairs(vim.lsp.buf_request_sync(0, method, params, 10000)) do
    return answer.result
  end`;

/** What users write besides. Before Neovim 0.8, which does it by itself, they also tell of settings. */
const alsoConfigured = `
  local more = ...
  local function tell(client)
    client.notify('workspace/didChangeConfiguration', { settings = more.settings })
  end
  for _, start in ipairs({ 'start', 'start_client' }) do
    local original = vim.lsp[start]
    if original then
      vim.lsp[start] = function(config)
        return original(vim.tbl_extend('force', config, more, { on_init = more.settings and tell }))
      end
    end
  end`;

/** Takes the choice with a title whenever Neovim asks, and keeps what there was to choose from. */
const choose = `
  local title = ...
  vim.ui.select = function(choices, options, take)
    vim.g.choices = vim.tbl_map(options.format_item, choices)
    for index, choice in ipairs(choices) do
      if options.format_item(choice) == title then return take(choice, index) end
    end
  end`;

describe('rtbench lsp in Neovim', { skip: skipWithoutNeovim() }, () => {
  let folder: string;
  let plan: string;
  let init: string;
  let neovim: Neovim;
  const cleanup = new Cleanup();

  /** Starts Neovim in the folder, with `rtbench` on the path, and opens the plan. */
  const open = async (more: object = {}): Promise<Neovim> => {
    const env = { PATH: `${path.join(folder, 'bin')}:${process.env.PATH}` };
    const opened = await Neovim.start({ folder, init, env });
    cleanup.add(opened, () => opened.kill());
    await opened.lua(alsoConfigured, more);
    await opened.edit(plan);
    return opened;
  };
  const diagnostics = () => neovim.lua<Shown[]>(shownDiagnostics);
  const codes = async () => (await diagnostics()).map(({ code }) => code).sort();

  before(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), 'rtbench-neovim-')));
    cleanup.add(folder, () => rm(folder, { recursive: true }));
    for (const name of ['bin', 'speech', '.vscode', 'benchmarks']) {
      await mkdir(path.join(folder, name));
    }
    const program = path.join(folder, 'bin', 'rtbench');
    const cli = path.join(root, 'dist', 'cli.js');
    await writeFile(
      program,
      `#!/bin/sh\necho $$ > '${folder}/server.pid'\nexec '${process.execPath}' '${cli}' "$@"\n`,
    );
    await chmod(program, 0o755);
    await writeFile(path.join(folder, 'speech', 'a.flac'), await readFile(shortSpeech));
    const settings = { 'rtbench.endpoints': [{ name: 'team', url: 'wss://asr.example' }] };
    await writeFile(path.join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
    const run = exampleRun();
    await writeRunFile(path.join(folder, 'benchmarks', 'one.rtbench.json'), {
      ...run,
      info: { ...run.info, title: 'Nightly' },
    });
    plan = path.join(folder, 'nightly.rtplan.json');
    await writeFile(plan, text);
    const guide = await readFile(path.join(root, 'docs', 'plans.md'), 'utf8');
    init = /```lua\n(.*?)```/s.exec(guide)![1]!;
    neovim = await open();
  });
  after(() => cleanup.run());

  test('shows what is wrong, where it is', async () => {
    await until(async () => (await diagnostics()).length > 0, 'diagnostics');
    const shown = await diagnostics();
    assert.deepEqual(
      shown.map(({ code, marked }) => [code, marked]),
      [
        ['endpoint-unknown', 'nobody'],
        ['dataset-problems', 'speech'],
        ['dataset-no-reference', 'speech'],
        ['threshold-statistic', 'p95'],
        ['threshold-no-value', 'wer'],
        ['few-sessions', 'p50'],
      ],
    );
    const column = Buffer.from(text.split('\n')[2]!.split('nobody')[0]!).length;
    assert.deepEqual(shown[0]?.place, [2, column, 2, column + 6]);
  });

  test('completes what is typed', async () => {
    await neovim.goTo('"team"', 1);
    await neovim.keys('cw<C-x><C-o>');
    const offered = () =>
      neovim.lua<{ abbr: string }[]>(`return vim.fn.complete_info({ 'items' }).items`);
    await until(async () => (await offered()).length > 0, 'completions');
    assert.deepEqual(
      (await offered()).map(({ abbr }) => abbr),
      ['team', 'embedded'],
    );
    await neovim.keys('<C-n><C-y><Esc>');
    await until(async () => (await neovim.text()).includes('"embedded", {'), 'the chosen endpoint');
    assert.equal(await neovim.text(), text.replace('"team"', '"embedded"'));
    await neovim.keys('u');
    await until(async () => (await neovim.text()) === text, 'the text as it was');
  });

  test('explains', async () => {
    const floating = `
      for _, window in ipairs(vim.api.nvim_list_wins()) do
        if vim.api.nvim_win_get_config(window).relative ~= '' then
          return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true), '\\n')
        end
      end
      return ''`;
    await neovim.goTo('ttft', 1);
    await neovim.lua('vim.lsp.buf.hover()');
    await until(async () => (await neovim.lua(floating)) !== '', 'the hover');
    assert.match(await neovim.lua(floating), /Time to first text/);
    await neovim.keys('0');
    await until(async () => (await neovim.lua(floating)) === '', 'the hover to go');
  });

  test('outlines', async () => {
    await neovim.lua('vim.lsp.buf.document_symbol()');
    const listed = () =>
      neovim.lua<{ text: string; lnum: number; col: number }[]>(
        `local list = vim.fn.getqflist()
        return #list > 0 and list or vim.fn.getloclist(0)`,
      );
    await until(async () => (await listed()).length > 0, 'symbols');
    const shown = (await listed()).map(({ text: name, lnum }) => `${lnum} ${name}`);
    assert.deepEqual(shown, [
      '2 [Property] name',
      '3 [Array] endpoints',
      '3 [Interface] team',
      '3 [Interface] mine',
      '3 [Interface] nobody',
      '4 [Array] datasets',
      '4 [File] speech',
      '5 [Array] thresholds',
      '5 [Number] ttft.p50 <= 800 ms',
      '5 [Number] wer.p95 <= 8 %',
    ]);
    await neovim.lua(`vim.cmd('cclose | lclose')`);
  });

  test('shows the last run beside the thresholds', async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 6, character: 0 } };
    const hints = await neovim.lua<{ label: string; position: object }[]>(
      asked,
      'textDocument/inlayHint',
      { range },
    );
    assert.match(hints[0]?.label ?? '', /^[✓✗] \d+ ms$/);
  });

  test('links to the speech', async () => {
    const links = await neovim.lua<{ target: string }[]>(asked, 'textDocument/documentLink', {});
    assert.match(links[0]?.target ?? '', /\/speech\/a\.flac$/);
  });

  test('renames an endpoint', async () => {
    await neovim.goTo('"mine"', 2);
    await neovim.lua(`vim.lsp.buf.rename('ours')`);
    await until(async () => (await neovim.text()).includes('"id": "ours"'), 'the new name');
    assert.equal(await neovim.text(), text.replace('mine', 'ours'));
  });

  test('fixes what is wrong, without asking for commands that it does not have', async () => {
    await neovim.goTo('nobody');
    await neovim.lua(choose, 'Change to "team"');
    await neovim.lua('vim.lsp.buf.code_action()');
    await until(async () => !(await neovim.text()).includes('nobody'), 'the fix');
    assert.deepEqual(await neovim.lua('return vim.g.choices'), [
      'Define "nobody" in the Plan',
      'Change to "team"',
    ]);
    await until(async () => (await codes()).includes('endpoint-repeated'), 'the next problem');
  });

  test('follows what is typed', async () => {
    await neovim.goTo('.p95');
    await neovim.keys('4x');
    await until(
      async () => !(await codes()).includes('threshold-statistic'),
      'the diagnostic to go',
    );
  });

  test('lays the text out anew', async () => {
    await neovim.lua(
      `vim.bo.expandtab, vim.bo.shiftwidth = true, 4
      local format = vim.lsp.buf.format or vim.lsp.buf.formatting_sync
      format({})`,
    );
    assert.match(await neovim.text(), /^ {4}"name"/m);
  });

  test('goes with its editor', async () => {
    const server = Number(await readFile(path.join(folder, 'server.pid'), 'utf8'));
    assert.equal(await neovim.quit(), 0);
    await until(() => !isRunning(server), 'the server to go');
  });

  test('takes endpoints from the settings of the editor', async () => {
    neovim = await open({
      settings: { rtbench: { endpoints: [{ name: 'nobody', url: 'ws://n' }] } },
    });
    await until(async () => (await codes()).includes('endpoint-unknown'), 'diagnostics');
    const unknown = (await diagnostics()).filter(({ code }) => code === 'endpoint-unknown');
    assert.deepEqual(
      unknown.map(({ marked }) => marked),
      ['team'],
    );
  });

  test('calls the commands of an editor that has them', async () => {
    await neovim.quit();
    await writeFile(plan, text.replace('wer.p95', 'wer'));
    neovim = await open({ init_options: { commands: true } });
    await neovim.lua(
      `vim.lsp.commands['rtbench.runPlan'] = function(command) vim.g.called = command.arguments end`,
    );
    await until(async () => (await codes()).length > 0, 'the server');
    const lenses = () =>
      neovim.lua<{ command: { title: string } }[]>(
        'vim.lsp.codelens.refresh() return vim.lsp.codelens.get(0)',
      );
    await until(async () => (await lenses()).length > 0, 'lenses');
    await neovim.goTo('"endpoints"');
    await neovim.lua(choose, '$(play) Run on team Only');
    await neovim.lua('vim.lsp.codelens.run()');
    await until(async () => (await neovim.lua('return vim.g.called')) !== null, 'the command');
    const uri = pathToFileURL(plan).href;
    assert.deepEqual(await neovim.lua('return vim.g.called'), [uri, { endpoints: ['team'] }]);
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
