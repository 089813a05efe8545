import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sglangHttp } from '../../../src/dialects/protocols/sglangHttp.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import { describeDialect, runAgainst } from '../../support/dialects/describeDialect.ts';
import type { DescribedDialect } from '../../support/dialects/describeDialect.ts';
import {
  sglangFields,
  startTranscriptionHttpServer,
} from '../../support/dialects/transcriptionHttpServer.ts';

const described: DescribedDialect = {
  dialect: sglangHttp,
  start: (script) =>
    startTranscriptionHttpServer({ fields: sglangFields, answer: { form: 'chunks' } }, script),
  model: 'qwen3-asr',
  hasKey: true,
  streams: false,
};

describeDialect(described);

test('SGLang is not asked for usage, which it does not know', async () => {
  const { trace, server } = await runAgainst(described, { words: ['one', 'two'] });
  assert.deepEqual(server.violations, []);
  assert.ok(!trace.controls.some(({ raw }) => raw.includes('usage')));
  assert.equal(replayTranscript(trace.received).text, 'one two');
});
