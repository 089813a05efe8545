import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runSession } from '../../src/session/runSession.ts';
import { startScriptedVllmServer } from '../support/scriptedVllmServer.ts';
import { testSession } from '../support/testSession.ts';
import type { VllmScript } from '../support/vllmScript.ts';

const apiKey = 'sk-9f8e7d6c5b4a"/+=';
const told = `key ${apiKey} is wrong`;
const message = { type: 'error', error: told, code: apiKey };

const echoes: [string, Partial<VllmScript>][] = [
  ['nowhere', {}],
  ['in an error', { errorAfterAppends: { appends: 1, message } }],
  ['in the greeting', { helloInstead: JSON.stringify({ type: apiKey, note: told }) }],
  ['in rubbish', { helloInstead: told }],
  ['in a close reason', { closeAfterAppends: { appends: 1, code: 1008, reason: told } }],
  ['in the body of a refusal', { refuse: { status: 401, body: told } }],
  ['where rubbish is cut', { helloInstead: '-'.repeat(70) + told }],
  ['where a refusal is cut', { refuse: { status: 401, body: '-'.repeat(285) + told } }],
  [
    'where an error is cut',
    {
      errorAfterAppends: { appends: 1, message: { type: 'error', error: '-'.repeat(285) + told } },
    },
  ],
  ['in the text', { words: ['your', 'key', 'is', apiKey] }],
];

describe('an API key', { concurrency: 4 }, () => {
  for (const [where, script] of echoes) {
    test(`reaches the server but never the trace, echoed ${where}`, async () => {
      const server = await startScriptedVllmServer({ apiKey, ...script });
      const url = server.url.replace('//', '//user:hunter2@');
      const deadlines = { readyMs: 300 };
      const trace = await runSession(testSession(url, { apiKey, deadlines }));
      await server.close();
      assert.equal(server.upgrades[0]!.authorization, `Bearer ${apiKey}`);
      const saved = JSON.stringify(trace);
      assert.ok(!saved.includes('sk-9'), saved);
      assert.ok(!saved.includes('hunter2'), saved);
      assert.equal(trace.failure === null, where === 'nowhere' || where === 'in the text');
      assert.equal(saved.includes('[redacted]'), where !== 'nowhere');
    });
  }
});
