import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openaiHttp } from '../../../src/dialects/protocols/openaiHttp.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import { describeDialect, runAgainst } from '../../support/dialects/describeDialect.ts';
import type { DescribedDialect } from '../../support/dialects/describeDialect.ts';
import {
  openaiFields,
  startTranscriptionHttpServer,
} from '../../support/dialects/transcriptionHttpServer.ts';
import type { Answering } from '../../support/dialects/transcriptionHttpAnswer.ts';

function described(answer: Omit<Answering, 'form'> = {}): DescribedDialect {
  return {
    dialect: openaiHttp,
    start: (script) =>
      startTranscriptionHttpServer(
        { fields: openaiFields, answer: { form: 'typed', ...answer } },
        script,
      ),
    model: 'gpt-transcribe',
    hasKey: true,
    streams: false,
  };
}

describeDialect(described());

test('a stream of typed events that is never said to be done is broken off', async () => {
  const { trace } = await runAgainst(described({ without: ['done'] }));
  assert.equal(trace.failure?.reason, 'closed_early');
  assert.equal(replayTranscript(trace.received).text, 'the quick brown fox');
});

test('a model that cannot stream answers with the whole text', async () => {
  const { trace, server } = await runAgainst({ ...described(), options: { stream: false } });
  assert.equal(trace.failure, null);
  assert.deepEqual(server.violations, []);
  assert.equal(replayTranscript(trace.received).text, 'the quick brown fox');
});
