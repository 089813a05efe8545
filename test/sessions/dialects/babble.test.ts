// Whole sessions against servers that send anything in any order and leave off in any way. A session
// never throws, never hangs, ends in success or in one of the reasons of docs/dialects.md, and loses
// nothing that came. RTBENCH_DIALECT=<id> runs one dialect only, RTBENCH_BABBLE_SEED=<n> other
// sessions, RTBENCH_BABBLE_RUNS=<n> more than usual.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Dialect } from '../../../src/dialects/dialect.ts';
import { dialects } from '../../../src/dialects/registry.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import type { FailureReason } from '../../../src/trace/sessionFailure.ts';
import type { SessionTrace } from '../../../src/trace/sessionTrace.ts';
import { faithful } from '../../support/dialects/babble.ts';
import type { Babble } from '../../support/dialects/babble.ts';
import { babbles } from '../../support/dialects/babbleArbitrary.ts';
import { babbleWith } from '../../support/dialects/babbleSession.ts';
import { recordedConversations } from '../../support/dialects/recordedConversation.ts';
import { useTestCredentials } from '../../support/dialects/sagemakerServer.ts';

useTestCredentials();

const only = process.env.RTBENCH_DIALECT;
const seed = Number(process.env.RTBENCH_BABBLE_SEED ?? 20_261_126);
const runs = Number(process.env.RTBENCH_BABBLE_RUNS ?? 60);

/** Reasons that no server can be the cause of. */
const impossible: FailureReason[] = ['audio_unusable', 'cancelled', 'process_ended', 'dns', 'tls'];

const defects: unknown[] = [];
process.on('unhandledRejection', (error) => defects.push(error));
process.on('uncaughtException', (error) => defects.push(error));

/** Where the machine is busy, the end of fast audio overtakes what the server says before it. */
async function inOrder(dialect: Dialect, babble: Babble): Promise<SessionTrace> {
  const endAt = babble.steps.findIndex(({ after }) => after === 'end');
  const before = endAt < 0 ? babble.steps.length : endAt;
  const deadlines = { connectMs: 10_000, readyMs: 10_000, idleMs: 10_000, finalMs: 10_000 };
  for (const speed of [10, 2, 0.5, 0.1]) {
    const { trace, seenBeforeEnd } = await babbleWith(dialect, babble, { speed, deadlines });
    if (seenBeforeEnd === before) return trace;
  }
  assert.fail('what was said before the end of the audio always came after it');
}

describe('a server that says anything', { concurrency: 8 }, () => {
  for (const dialect of dialects.filter(({ id }) => only === undefined || id === only)) {
    const conversations = recordedConversations(dialect.id);

    test(`${dialect.id}: what was recorded is understood`, async () => {
      const recorded = conversations.find(({ name }) => name === 'utterance')!;
      const trace = await inOrder(dialect, faithful(recorded));
      assert.equal(trace.failure, null);
      assert.equal(replayTranscript(trace.received).text, recorded.text);
    });

    test(`${dialect.id}: whatever comes, the session ends and has it`, async (t) => {
      const outcomes = new Map<string, number>();
      const whatever = fc.asyncProperty(babbles(conversations), async (babble) => {
        const { trace } = await babbleWith(dialect, babble);
        const outcome = trace.failure?.reason ?? 'completed';
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        assert.ok(!impossible.includes(outcome as FailureReason), outcome);
        assert.deepEqual(defects, []);
      });
      t.diagnostic(`${dialect.id}: seed ${seed}`);
      await fc.assert(whatever, { seed, numRuns: runs, endOnFailure: true });
      const told = [...outcomes].map(([outcome, count]) => `${outcome} ${count}`);
      t.diagnostic(`${dialect.id}: ${told.sort().join(', ')}`);
    });
  }
});
