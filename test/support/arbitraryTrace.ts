import fc from 'fast-check';
import type { Utterance } from '../../src/dataset/utterance.ts';
import { failureReasons } from '../../src/trace/sessionFailure.ts';
import type { ReceivedMessage, SentChunk, SessionTrace } from '../../src/trace/sessionTrace.ts';
import type { TimedWord, TranscriptEvent } from '../../src/trace/transcriptEvent.ts';

const instantUs = fc.integer({ min: 0, max: 60_000_000 });

/** Text as recognisers send it and as they do not: pieces, blanks, other scripts, rubbish. */
export const transcriptText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    ' hello',
    ' wor',
    'ld',
    'World.',
    ' again',
    '你好',
    '，',
    'กำ',
    '—',
    '\n',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

const unit = fc.constantFrom('', 'a', 'b');

export const transcriptEvent: fc.Arbitrary<TranscriptEvent> = fc.oneof(
  fc.record({
    type: fc.constant('text'),
    mode: fc.constantFrom('append', 'append', 'replace'),
    unit,
    text: transcriptText,
  }),
  fc.record({
    type: fc.constant('text'),
    mode: fc.constant('append'),
    unit,
    text: transcriptText,
    tokens: fc.nat(3),
  }),
  fc.record({ type: fc.constant('final'), unit, text: transcriptText }),
  fc.record(
    {
      type: fc.constant('usage'),
      outputTokens: fc.option(fc.nat(50)),
      inputTokens: fc.option(fc.nat(50)),
      audioMs: fc.nat(5000),
    },
    { requiredKeys: ['type', 'outputTokens', 'inputTokens'] },
  ),
  fc.record({ type: fc.constant('done') }),
  fc.record({ type: fc.constant('ready') }),
  fc.record({
    type: fc.constant('error'),
    code: fc.constant(null),
    message: fc.string(),
    fatal: fc.boolean(),
  }),
);

/** Messages in the order of arrival, some at the same time. */
export const receivedMessages: fc.Arbitrary<ReceivedMessage[]> = fc
  .array(fc.tuple(instantUs, fc.array(transcriptEvent, { maxLength: 3 })), { maxLength: 20 })
  .map((messages) =>
    messages
      .toSorted(([a], [b]) => a - b)
      .map(([atUs, events]) => ({ atUs, bytes: 10, events, raw: null })),
  );

const sentChunks: fc.Arbitrary<SentChunk[]> = fc
  .array(fc.record({ gapUs: fc.nat(400_000), lateUs: fc.nat(80_000), samples: fc.nat(4000) }), {
    maxLength: 12,
  })
  .map((parts) => {
    let sentUs = 1_000_000;
    let endSample = 0;
    return parts.map(({ gapUs, lateUs, samples }) => {
      sentUs += gapUs;
      const startSample = endSample;
      endSample += samples;
      return { dueUs: sentUs - lateUs, sentUs, startSample, endSample, queuedBytes: lateUs % 7 };
    });
  });

/** Any trace a recorder could write, in particular sessions that ended at any point. */
export const sessionTrace: fc.Arbitrary<SessionTrace> = fc.record({
  scheduledStartUs: instantUs,
  connection: fc.record(
    {
      reused: fc.constant(true),
      startUs: instantUs,
      openUs: fc.option(instantUs),
      readyUs: fc.option(instantUs),
      closeUs: fc.option(instantUs),
      closeCode: fc.option(fc.constantFrom(1000, 1006)),
      closeReason: fc.constant(null),
    },
    { requiredKeys: ['startUs', 'openUs', 'readyUs', 'closeUs', 'closeCode', 'closeReason'] },
  ),
  audio: fc.record({
    sampleRateHz: fc.constantFrom(8000, 16_000, 24_000),
    totalSamples: fc.nat(40_000),
    originUs: fc.option(instantUs),
    pacing: fc.record({
      mode: fc.constantFrom('capture', 'lead', 'burst'),
      speed: fc.constantFrom(1, 1, 0.5, 4),
      chunkMs: fc.constantFrom(20, 100, 1000),
    }),
  }),
  chunks: sentChunks,
  controls: fc.array(
    fc.record({
      sentUs: instantUs,
      commit: fc.option(fc.constantFrom('start', 'segment', 'final')),
      raw: fc.constant('{}'),
    }),
    { maxLength: 3 },
  ),
  received: receivedMessages,
  pings: fc.constant([]),
  failure: fc.option(
    fc.record({
      atUs: instantUs,
      reason: fc.constantFrom(...failureReasons),
      code: fc.constant(null),
      message: fc.constant('It broke.'),
    }),
  ),
});

const timedWord: fc.Arbitrary<TimedWord> = fc.record({
  text: fc.oneof(fc.constantFrom('hello', 'World', 'again', '你好', '-', ''), fc.string()),
  startMs: fc.double({ min: 0, max: 3000, noNaN: true }),
  endMs: fc.double({ min: 0, max: 3000, noNaN: true }),
});

export const anUtterance: fc.Arbitrary<Utterance> = fc.record({
  id: fc.constantFrom('one', 'two', 'three'),
  audioPath: fc.constant('/nowhere/any.wav'),
  reference: fc.option(fc.oneof(fc.constantFrom('', 'hello world again', '你好'), fc.string())),
  language: fc.constant(null),
  declaredDurationMs: fc.constant(null),
  words: fc.option(fc.array(timedWord, { maxLength: 6 })),
  speaker: fc.constant(null),
  tags: fc.constant([]),
});
