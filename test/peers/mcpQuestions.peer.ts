// The question before audio is sent: the official clients of MCP, with a user who answers, against
// `rtbench mcp` over real standard input and output, with a scripted server that is measured.
import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startScriptedVllmServer, type ScriptedVllmServer } from '../support/scriptedVllmServer.ts';
import { until } from '../support/until.ts';
import { generations, productRoot, type Asked, type Connected } from './mcpClients.ts';

const speech = path.join(productRoot, 'samples', 'speech', 'kitchen-lights.flac');

for (const [generation, connect] of Object.entries(generations)) {
  describe(`the question of a client of MCP ${generation}`, () => {
    let folder: string;
    let asr: ScriptedVllmServer;
    let connected: Connected;
    let questions: string[];
    let answer: Asked;

    const writePlan = (repeats: number): Promise<void> => {
      const endpoints = [{ id: 'mine', url: asr.url }];
      const pacing = { mode: 'burst' };
      const plan = { name: 'Nightly', endpoints, datasets: ['lights.flac'], pacing, repeats };
      return writeFile(path.join(folder, 'a.rtplan.json'), JSON.stringify(plan));
    };
    const runPlan = () => connected.call('rtbench_run_plan', { plan: 'a.rtplan.json' });

    before(async () => {
      folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'rtbench-mcp-')));
      await mkdir(path.join(folder, '.vscode'));
      await copyFile(speech, path.join(folder, 'lights.flac'));
      asr = await startScriptedVllmServer({ words: ['lights'] });
      const settings = { 'rtbench.endpoints': [{ name: 'Team', url: asr.url }] };
      await writeFile(path.join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
      connected = await connect(['--folder', folder], async (question) => {
        questions.push(question);
        return answer(question);
      });
    });
    after(async () => {
      await connected.client.close();
      await asr.close();
      await rm(folder, { recursive: true, maxRetries: 5 });
    });

    /** How many sessions were opened meanwhile, and what was asked. */
    async function measuring(work: () => Promise<void>): Promise<[sessions: number, string[]]> {
      const sessions = asr.connections.length;
      questions = [];
      await work();
      return [asr.connections.length - sessions, questions];
    }

    test('names what is sent where; allowed, it is measured', async () => {
      answer = () => Promise.resolve('Send the audio');
      await writePlan(2);
      const [sessions, asked] = await measuring(async () => {
        const { text, isError } = await runPlan();
        assert.equal(isError, false, text);
        assert.match(text, /^Plan "Nightly"/);
      });
      assert.equal(sessions, 2);
      assert.equal(asked.length, 1);
      const [title, amount, destination] = asked[0]!.split('\n\n');
      assert.equal(title, 'Run the plan "Nightly"?');
      assert.match(amount!, /^RTBench sends 2 sessions, 0:\d\d of audio .* of "lights" to mine\.$/);
      assert.equal(destination, 'No audio leaves this computer.');
    });

    for (const refusal of ['decline', 'cancel', 'Send nothing', 'nothing chosen'] as const) {
      test(`sends nothing after "${refusal}"`, async () => {
        answer = () => Promise.resolve(refusal);
        const [sessions, asked] = await measuring(async () => {
          const { text, isError } = await runPlan();
          assert.equal(isError, true);
          assert.equal(text, 'The user did not allow it. Nothing was sent.');
        });
        assert.deepEqual([sessions, asked.length], [0, 1]);
      });
    }

    test('holds for what was asked about, not for what the plan became', async () => {
      answer = async () => {
        await writePlan(50);
        return 'Send the audio';
      };
      await writePlan(1);
      const [sessions] = await measuring(async () => {
        const { text, isError } = await runPlan();
        assert.equal(isError, true);
        assert.match(text, /has changed since it was allowed: call the tool again/);
      });
      assert.equal(sessions, 0);
    });

    test('is put for single benchmarks too, and for nothing that only reads', async () => {
      answer = () => Promise.resolve('Send the audio');
      const [sessions, asked] = await measuring(async () => {
        await connected.call('rtbench_list_plans', {});
        await connected.call('rtbench_list_runs', {});
        const input = { endpoints: ['Team'], dataset: 'lights.flac', pacing: 'burst' };
        const { isError, text } = await connected.call('rtbench_run_benchmark', input);
        assert.equal(isError, false, text);
      });
      assert.deepEqual([sessions, asked.length], [1, 1]);
      assert.match(asked[0]!, /^Benchmark Team\?/);
    });

    test('is not put about what cannot be run', async () => {
      const [, asked] = await measuring(async () => {
        const { text, isError } = await connected.call('rtbench_run_plan', { plan: 'no.json' });
        assert.equal(isError, true);
        assert.match(text, /There is no "no\.json"/);
      });
      assert.deepEqual(asked, []);
    });

    test('is forgotten when the call is cancelled while it stands', async () => {
      let reply: (said: 'Send the audio') => void = () => undefined;
      answer = () =>
        new Promise((resolve) => {
          reply = resolve;
        });
      await writePlan(1);
      const stop = new AbortController();
      const [sessions] = await measuring(async () => {
        const options = { signal: stop.signal };
        const call = connected.call('rtbench_run_plan', { plan: 'a.rtplan.json' }, options);
        const rejected = assert.rejects(call);
        await until(() => questions.length === 1, 'the question');
        stop.abort();
        await rejected;
        reply('Send the audio');
        // Whatever was to be sent would have been before this is answered.
        await connected.call('rtbench_list_plans', {});
      });
      assert.equal(sessions, 0);
    });

    test('is not put with --no-ask', async () => {
      await writePlan(1);
      const unattended = await connect(['--folder', folder, '--no-ask'], (question) => {
        questions.push(question);
        return Promise.resolve('cancel');
      });
      try {
        const [sessions, asked] = await measuring(async () => {
          const { isError, text } = await unattended.call('rtbench_run_plan', {
            plan: 'a.rtplan.json',
          });
          assert.equal(isError, false, text);
        });
        assert.equal(sessions, 1);
        assert.deepEqual(asked, []);
      } finally {
        await unattended.client.close();
      }
    });
  });
}
