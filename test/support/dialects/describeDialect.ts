import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PcmAudio } from '../../../src/audio/pcmAudio.ts';
import type { Dialect, DialectOptions } from '../../../src/dialects/dialect.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import { runSession } from '../../../src/session/runSession.ts';
import type { SessionOptions } from '../../../src/session/sessionOptions.ts';
import type { SessionTrace } from '../../../src/trace/sessionTrace.ts';
import { testAudio, testSession } from '../testSession.ts';
import type { RunningDialectServer, SpeechScript } from './dialectServer.ts';

export interface DescribedDialect {
  dialect: Dialect;
  /** Starts the scripted server. */
  start: (script?: Partial<SpeechScript>) => Promise<RunningDialectServer>;
  /** The address for a server; default its URL. */
  urlOf?: (server: RunningDialectServer) => string;
  model?: string;
  options?: DialectOptions;
  /** Milliseconds of audio a message; default 100. */
  chunkMs?: number;
  /** Whether the protocol has a key. */
  hasKey: boolean;
  /** The audio as the server should have got it, where that is not the samples as they are. */
  expectedPcm?: (audio: PcmAudio) => Buffer;
  /** The text at the end; default the script's words joined by spaces. */
  expectedText?: string;
  /** Whether text comes before the end of the audio; default true. */
  streams?: boolean;
}

const audioMs = 500;

export type RunScript = Partial<SpeechScript> & { session?: Partial<SessionOptions> };

/** Runs one session of a dialect against its scripted server. */
export async function runAgainst(
  described: DescribedDialect,
  { session = {}, ...script }: RunScript = {},
): Promise<{ trace: SessionTrace; server: RunningDialectServer; audio: PcmAudio }> {
  const { dialect, start, urlOf, model = null, options = {}, chunkMs = 100 } = described;
  const server = await start(script);
  try {
    const settings = { url: urlOf?.(server) ?? server.url, model, language: null, options };
    const { sampleRateHz } = dialect.audioFormat(settings);
    const audio = testAudio(audioMs, sampleRateHz);
    const pacing = { mode: 'capture', speed: 1, chunkMs } as const;
    const trace = await runSession(
      testSession(server.url, { dialect, settings, audio, pacing, ...session }),
    );
    return { trace, server, audio };
  } finally {
    await server.close();
  }
}

/** What holds for every trace: one subject or event after the other, as docs/dialects.md says. */
export function assertTraceHolds(trace: SessionTrace): void {
  const times = trace.received.map(({ atUs }) => atUs);
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  );
  const finals = new Set<string>();
  let done = false;
  for (const { events } of trace.received) {
    for (const event of events) {
      if (event.type === 'text')
        assert.ok(!finals.has(event.unit), `text after final: ${event.unit}`);
      if (event.type === 'final') {
        assert.ok(!finals.has(event.unit), `two finals: ${event.unit}`);
        finals.add(event.unit);
      }
      if (event.type === 'text' || event.type === 'final') assert.ok(!done, 'text after done');
      if (event.type === 'done') {
        assert.ok(!done, 'done twice');
        done = true;
      }
    }
  }
  assert.equal(done, trace.failure === null, 'a session without failure has its terminal event');
}

/** Tests of sessions that every dialect has to pass against the strict server of its protocol. */
export function describeDialect(described: DescribedDialect): void {
  const { dialect, hasKey, expectedPcm, expectedText, streams = true } = described;
  const run = (script?: RunScript) => runAgainst(described, script);

  describe(`a session with ${dialect.label}`, { concurrency: 4 }, () => {
    test('sends what the protocol asks for, bit for bit, and has its text', async () => {
      const { trace, server, audio } = await run();
      assert.equal(trace.failure, null);
      assert.deepEqual(server.violations, []);
      assertTraceHolds(trace);
      const { samples } = audio;
      const sent = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
      assert.deepEqual(server.pcm(), expectedPcm?.(audio) ?? sent);
      assert.equal(trace.chunks.at(-1)?.endSample, samples.length);
      const replay = replayTranscript(trace.received);
      assert.equal(replay.text.trim(), expectedText ?? server.script.words.join(' '));
      assert.ok(
        trace.controls.some(({ commit }) => commit === 'final'),
        'the end is marked',
      );
      const endUs = trace.controls.find(({ commit }) => commit === 'final')!.sentUs;
      const isEarly = replay.edits.some(({ atUs }) => atUs < endUs);
      assert.equal(isEarly, streams, 'text before the end of the audio');
    });

    test('is refused at the door', async () => {
      const { trace } = await run({ refuseStatus: 503 });
      assert.equal(trace.failure?.reason, 'upgrade_refused');
      assert.equal(trace.failure.code, '503');
      assertTraceHolds(trace);
    });

    test('is cut off half-way', async () => {
      const { trace } = await run({ cutAfterMessages: 3 });
      assert.equal(trace.failure?.reason, 'closed_early');
      assertTraceHolds(trace);
    });

    test('waits for a server that says no more, and not for ever', async () => {
      const { trace } = await run({
        freezeAfterMessages: 3,
        session: { deadlines: { connectMs: 5000, readyMs: 5000, idleMs: 300, finalMs: 5000 } },
      });
      assert.equal(trace.failure?.reason, 'idle_timeout');
      assertTraceHolds(trace);
    });

    test('waits for text that is never complete, and not for ever', async () => {
      const { trace } = await run({
        neverDone: true,
        session: { deadlines: { connectMs: 5000, readyMs: 5000, idleMs: 5000, finalMs: 300 } },
      });
      assert.equal(trace.failure?.reason, 'final_timeout');
      assertTraceHolds(trace);
    });

    test('ends with the error that the server reports', async () => {
      const { trace } = await run({ errorAfterMessages: 2 });
      assert.equal(trace.failure?.reason, 'server_error');
      assertTraceHolds(trace);
    });

    test('can be cancelled while it sends', async () => {
      const { trace, server } = await run({ session: { signal: AbortSignal.timeout(250) } });
      assert.equal(trace.failure?.reason, 'cancelled');
      assert.deepEqual(server.violations, []);
      assertTraceHolds(trace);
    });

    if (hasKey) {
      test('shows its key to the server and nowhere else', async () => {
        const apiKey = 'sk-0123456789-very-secret';
        const { trace } = await run({ apiKey, session: { apiKey } });
        assert.equal(trace.failure, null);
        assert.ok(!JSON.stringify(trace).includes(apiKey));
        const wrong = await run({ apiKey, session: { apiKey: 'another-key-that-is-wrong' } });
        assert.ok(wrong.trace.failure);
        assert.ok(!JSON.stringify(wrong.trace).includes('another-key-that-is-wrong'));
      });
    }
  });
}
