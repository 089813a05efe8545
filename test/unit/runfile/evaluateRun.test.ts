import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateRun } from '../../../src/runfile/evaluateRun.ts';
import { exampleRun, exampleSession, exampleUtterance } from '../../support/exampleRun.ts';
import { goldenSession } from '../../support/goldenSession.ts';

test('scores a session and pools its endpoint', () => {
  const { sessions, summary } = evaluateRun(exampleRun());
  const [text] = summary[0]!.text;
  assert.equal(sessions[0]!.metrics.values.ttft, 429.6);
  assert.equal(sessions[0]!.score!.rates.wer, 0);
  assert.equal(text!.rates.wer, 0);
  assert.equal(text!.words.hits, 3);
});

test('pools languages that call for different profiles apart', () => {
  const utterances = [
    exampleUtterance({ id: 'hello', language: 'en' }),
    exampleUtterance({ id: 'nihao', language: 'zh', reference: '你好', words: null }),
  ];
  const sessions = [
    exampleSession({ id: 's1', utteranceId: 'hello' }),
    exampleSession({ id: 's2', utteranceId: 'nihao' }),
  ];
  const { summary } = evaluateRun(exampleRun({ utterances, sessions }));
  assert.deepEqual(
    summary[0]?.text.map(({ profileId, headline, utterances: count }) => [
      profileId,
      headline,
      count,
    ]),
    [
      ['en-whisper@1', 'wer', 1],
      ['basic@1', 'cer_nospace', 1],
    ],
  );
});

test('a plan may fix the profile', () => {
  const { plan } = exampleRun();
  const run = exampleRun({ plan: { ...plan, textProfile: 'none@1' } });
  assert.equal(evaluateRun(run).summary[0]?.text[0]?.profileId, 'none@1');
});

test('neither a session without reference nor one that broke off is scored', () => {
  const trace = goldenSession();
  trace.failure = { atUs: 1_700_000, reason: 'closed_early', code: '1006', message: 'Gone.' };
  const utterances = [exampleUtterance(), exampleUtterance({ id: 'free', reference: null })];
  const sessions = [
    exampleSession({ id: 's1', trace }),
    exampleSession({ id: 's2', utteranceId: 'free' }),
  ];
  const evaluated = evaluateRun(exampleRun({ utterances, sessions }));
  assert.deepEqual(
    evaluated.sessions.map(({ score, metrics }) => [score, metrics.status]),
    [
      [null, 'partial'],
      [null, 'success'],
    ],
  );
  assert.deepEqual(evaluated.summary[0]?.text, []);
});
