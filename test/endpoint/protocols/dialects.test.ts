// Each of RTBench's own clients against the recogniser, in the protocol of the client.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadPcm } from '../../../src/audio/loadPcm.ts';
import { dialectById } from '../../../src/dialects/registry.ts';
import type { DialectOptions } from '../../../src/dialects/dialect.ts';
import { scorePair } from '../../../src/metrics/text/scorePair.ts';
import { textProfile } from '../../../src/metrics/text/textProfiles.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import { runSession } from '../../../src/session/runSession.ts';
import type { SessionTrace } from '../../../src/trace/sessionTrace.ts';
import type { TranscriptEvent } from '../../../src/trace/transcriptEvent.ts';
import { assertTraceHolds } from '../../support/dialects/describeDialect.ts';
import { testSession } from '../../support/testSession.ts';
import { RunningEndpoint } from '../support/runningEndpoint.ts';

const speechFile = path.join(import.meta.dirname, '../../../samples/speech/kitchen-lights.flac');
const reference = 'Please turn off the lights in the kitchen and close the window.';
/** Telephone rates and text that is said early cost words: one in five may be wrong. */
const werBound = 0.2;
const deadlines = { connectMs: 10_000, readyMs: 10_000, idleMs: 30_000, finalMs: 30_000 };

interface Case {
  dialect: string;
  address: keyof RunningEndpoint['urls'];
  options?: DialectOptions;
  /** Whether text comes before the end of the audio. */
  streams?: boolean;
}

const cases: Case[] = [
  { dialect: 'vllm-realtime', address: 'vllm' },
  { dialect: 'openai-realtime', address: 'openai' },
  { dialect: 'openai-realtime', address: 'openai', options: { vad: 'server_vad' } },
  { dialect: 'sglang-realtime', address: 'sglang' },
  { dialect: 'sglang-realtime', address: 'sglang', options: { rate: 24_000 } },
  { dialect: 'sglang-realtime', address: 'sglang', options: { rate: 48_000 } },
  { dialect: 'sglang-m1', address: 'sglangM1' },
  { dialect: 'vosk', address: 'vosk' },
  { dialect: 'vosk', address: 'vosk', options: { sample_rate: 44_100 } },
  { dialect: 'vllm-http', address: 'upload', streams: false },
  { dialect: 'vllm-http', address: 'upload', options: { stream: false }, streams: false },
];

function eventsOf(trace: SessionTrace): TranscriptEvent[] {
  return trace.received.flatMap(({ events }) => events);
}

function wer(text: string): number {
  return scorePair(reference, text, textProfile('en-whisper@1')).rates.wer ?? 1;
}

function assertUsage(
  events: readonly TranscriptEvent[],
  above: { output: number; input: number },
): void {
  const usage = events.find((event) => event.type === 'usage');
  assert.ok(usage && (usage.outputTokens ?? 0) > above.output);
  assert.ok((usage.inputTokens ?? 0) > above.input);
}

describe('embedded endpoint: our own clients', () => {
  let endpoint: RunningEndpoint;
  before(async () => {
    endpoint = await RunningEndpoint.start(3);
  });
  after(() => endpoint.stop());

  async function run({ dialect: id, address, options = {} }: Case): Promise<SessionTrace> {
    const dialect = dialectById(id);
    const settings = {
      url: endpoint.urls[address],
      model: endpoint.model,
      language: null,
      options,
    };
    const audio = await loadPcm(speechFile, dialect.audioFormat(settings).sampleRateHz);
    const pacing = { mode: 'capture', speed: 1.5, chunkMs: 100 } as const;
    const trace = await runSession(
      testSession(settings.url, { dialect, settings, audio, pacing, deadlines }),
    );
    assert.equal(trace.failure, null);
    assertTraceHolds(trace);
    return trace;
  }

  for (const one of cases) {
    it(`${one.dialect} ${JSON.stringify(one.options ?? {})}`, async (context) => {
      const trace = await run(one);
      const { text, edits } = replayTranscript(trace.received);
      context.diagnostic(`WER ${wer(text).toFixed(3)}: ${text}`);
      assert.ok(wer(text) <= werBound, text);
      const endUs = trace.controls.find(({ commit }) => commit === 'final')!.sentUs;
      const isEarly = edits.some(({ atUs }) => atUs < endUs);
      assert.equal(isEarly, one.streams ?? true, 'text before the end of the audio');
    });
  }

  it('tells speech and usage where the protocol can', async () => {
    const events = eventsOf(await run(cases[2]!));
    const speech = events.filter((event) => event.type === 'speech');
    const [started, stopped] = speech;
    const startMs = started?.audioMs ?? -1;
    assert.ok(started?.state === 'started' && startMs >= 0 && startMs < 1000, `${startMs}`);
    // On a busy machine the end of the audio may come before the pause was heard.
    if (stopped) {
      const endMs = stopped.audioMs ?? -1;
      assert.ok(stopped.state === 'stopped' && endMs > 3000 && endMs < 4500, `${endMs}`);
    }
    assertUsage(events, { output: 5, input: 50 });
    assertUsage(eventsOf(await run(cases[9]!)), { output: 5, input: -1 });
  });

  it('frees every session', async () => {
    await endpoint.sessions(0);
  });
});
