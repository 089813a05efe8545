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
import { assertTraceHolds } from './traceChecks.ts';

export { assertTraceHolds };

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

/** Closes of a server that says nothing of it before: too much audio, and a failure. */
const closeCodes = [1009, 1011];

export type RunScript = Partial<SpeechScript> & {
  session?: Partial<SessionOptions>;
  language?: string;
};

/** Runs one session of a dialect against its scripted server. */
export async function runAgainst(
  described: DescribedDialect,
  { session = {}, language, ...script }: RunScript = {},
): Promise<{ trace: SessionTrace; server: RunningDialectServer; audio: PcmAudio }> {
  const { dialect, start, urlOf, model = null, options = {}, chunkMs = 100 } = described;
  const server = await start(script);
  try {
    const settings = {
      url: urlOf?.(server) ?? server.url,
      model,
      language: language ?? null,
      options,
    };
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

/** Whether text came before the end of the audio was marked. */
function hasEarlyText({ controls, received }: SessionTrace): boolean {
  const endUs = controls.find(({ commit }) => commit === 'final')!.sentUs;
  return replayTranscript(received).edits.some(({ atUs }) => atUs < endUs);
}

/** Tests of sessions that every dialect has to pass against the strict server of its protocol. */
export function describeDialect(described: DescribedDialect): void {
  const { dialect, hasKey, expectedPcm, expectedText, streams = true } = described;
  const run = (script?: RunScript) => runAgainst(described, script);
  const model = described.model ?? dialect.defaultModel ?? 'm';
  const example = { url: dialect.exampleUrl, model, language: null, options: {} };
  const { transport } = dialect.request(example, null);

  /** A session that failed has a sound trace with all that the server said before. */
  function assertAllIsKept(trace: SessionTrace, server: RunningDialectServer): void {
    assertTraceHolds(trace);
    // What an HTTP response says is not noted by its server.
    if (transport === 'upload') return;
    const said = server.wire[0]?.filter(({ from }) => from === 'server') ?? [];
    const isClose = (raw: string | null) => raw?.startsWith('(connection closed') === true;
    assert.equal(trace.received.filter(({ raw }) => !isClose(raw)).length, said.length);
  }

  /** Where the machine is busy, the end of the audio overtakes the text; the slower it is, the less. */
  async function hasEarlyTextWhenSlow(): Promise<boolean> {
    for (const speed of [0.3, 0.1]) {
      const pacing = { mode: 'capture', speed, chunkMs: described.chunkMs ?? 100 } as const;
      const { trace } = await run({ session: { pacing } });
      if (hasEarlyText(trace)) return true;
    }
    return false;
  }

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
      const isEarly = hasEarlyText(trace) || (streams && (await hasEarlyTextWhenSlow()));
      assert.equal(isEarly, streams, 'text before the end of the audio');
    });

    test('is told a language without what its server does not take of it', async () => {
      const { trace, server } = await run({ language: 'en-GB' });
      assert.equal(trace.failure, null);
      assert.deepEqual(server.violations, []);
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

    for (const code of transport === 'websocket' || transport === 'exchange' ? closeCodes : []) {
      test(`is closed half-way with ${code}`, async () => {
        const { trace, server } = await run({ closeAfterMessages: { messages: 3, code } });
        // Some services say with a code of their own what failed.
        assert.ok(trace.failure?.reason === 'server_error' || trace.failure?.code === String(code));
        assert.equal(trace.connection.closeCode, code);
        assertAllIsKept(trace, server);
      });
    }

    test('waits for a server that says no more, and not for ever', async () => {
      const { trace, server } = await run({
        freezeAfterMessages: 3,
        session: { deadlines: { connectMs: 5000, readyMs: 5000, idleMs: 300, finalMs: 5000 } },
      });
      assert.equal(trace.failure?.reason, 'idle_timeout');
      assertAllIsKept(trace, server);
    });

    test('waits for text that is never complete, and not for ever', async () => {
      const { trace, server } = await run({
        neverDone: true,
        session: { deadlines: { connectMs: 5000, readyMs: 5000, idleMs: 5000, finalMs: 300 } },
      });
      assert.equal(trace.failure?.reason, 'final_timeout');
      assertAllIsKept(trace, server);
    });

    test('ends with the error that the server reports', async () => {
      const { trace, server } = await run({ errorAfterMessages: 3 });
      assert.equal(trace.failure?.reason, 'server_error');
      assertAllIsKept(trace, server);
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
