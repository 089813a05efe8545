import type { Utterance } from '../../src/dataset/utterance.ts';
import type { ReceivedMessage, SentChunk, SessionTrace } from '../../src/trace/sessionTrace.ts';
import { soleUnit, type TranscriptEvent } from '../../src/trace/transcriptEvent.ts';

/** "hello world again", spoken from 200 to 930 ms. */
export const goldenUtterance: Utterance = {
  id: 'golden',
  audioPath: '/nowhere/golden.wav',
  reference: 'hello world again',
  language: 'en',
  declaredDurationMs: 1000,
  words: [
    { text: 'hello', startMs: 200, endMs: 420 },
    { text: 'world', startMs: 450, endMs: 640 },
    { text: 'again', startMs: 700, endMs: 930 },
  ],
  speaker: null,
  tags: [],
};

/** Times are given in milliseconds, as the published figures are. */
export function us(ms: number): number {
  return Math.round(ms * 1000);
}

export function message(atMs: number, ...events: TranscriptEvent[]): ReceivedMessage {
  return { atUs: us(atMs), bytes: 60, events, raw: null };
}

export function delta(atMs: number, text: string, unit = soleUnit): ReceivedMessage {
  return message(atMs, { type: 'text', mode: 'append', unit, text });
}

/** A revisable partial: the whole text of its unit so far. */
export function snapshot(atMs: number, text: string, unit = soleUnit): ReceivedMessage {
  return message(atMs, { type: 'text', mode: 'replace', unit, text });
}

export function final(atMs: number, text: string, unit = soleUnit): ReceivedMessage {
  return message(atMs, { type: 'final', unit, text });
}

/** The closing message of a vLLM session: final text and token usage. */
export function done(atMs: number, text: string, outputTokens: number | null): ReceivedMessage {
  return message(
    atMs,
    { type: 'final', unit: soleUnit, text },
    { type: 'usage', outputTokens, inputTokens: null },
    { type: 'done' },
  );
}

const sendTimesMs = [
  1100.4, 1200.2, 1300.3, 1400.2, 1500.9, 1600.1, 1700.2, 1800.3, 1900.2, 2000.6,
];

/** Ten chunks of 100 ms, captured from 1000 ms on. */
function goldenChunks(): SentChunk[] {
  return sendTimesMs.map((sentMs, index) => ({
    dueUs: us(1000 + (index + 1) * 100),
    sentUs: us(sentMs),
    startSample: index * 1600,
    endSample: (index + 1) * 1600,
    queuedBytes: 0,
  }));
}

/** Session S1 of the published figures: capture pacing, real time, one second of audio. */
export function goldenSession(): SessionTrace {
  return {
    scheduledStartUs: us(700),
    connection: {
      startUs: us(700),
      openUs: us(760),
      readyUs: us(790),
      closeUs: us(2160),
      closeCode: 1000,
      closeReason: '',
    },
    audio: {
      sampleRateHz: 16_000,
      totalSamples: 16_000,
      originUs: us(1000),
      pacing: { mode: 'capture', speed: 1, chunkMs: 100 },
    },
    chunks: goldenChunks(),
    controls: [{ sentUs: us(2000.9), commit: 'final', raw: '{}' }],
    received: [
      message(790, { type: 'ready' }),
      delta(1450, ''),
      delta(1530, ' hello'),
      delta(1620, ' wor'),
      delta(1750, 'ld'),
      delta(2120, ' again'),
      done(2150, 'hello world again', 5),
    ],
    pings: [],
    failure: null,
  };
}
