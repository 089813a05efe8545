import * as z from 'zod';
import { failureReasons } from '../trace/sessionFailure.ts';
import { quickList } from './quickSchema.ts';

/** How a trace is laid out in a file: columns instead of objects, integer microseconds. */

const micros = z.int();
const optionalMicros = micros.nullable();
const count = z.int().nonnegative();
const runs = quickList(
  z.tuple([z.int(), z.int().positive()]),
  (run) =>
    Array.isArray(run) &&
    run.length === 2 &&
    Number.isSafeInteger(run[0]) &&
    Number.isSafeInteger(run[1]) &&
    run[1] > 0,
);

const timedWord = z.object({ text: z.string(), startMs: z.number(), endMs: z.number() });

export const transcriptEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('unit'), unit: z.string() }),
  z.object({
    type: z.literal('text'),
    mode: z.enum(['append', 'replace']),
    unit: z.string(),
    text: z.string(),
    tokens: z.int().exactOptional(),
  }),
  z.object({ type: z.literal('final'), unit: z.string(), text: z.string() }),
  z.object({ type: z.literal('words'), unit: z.string(), words: z.array(timedWord) }),
  z.object({
    type: z.literal('usage'),
    outputTokens: z.number().nullable(),
    inputTokens: z.number().nullable(),
    audioMs: z.number().exactOptional(),
  }),
  z.object({
    type: z.literal('speech'),
    state: z.enum(['started', 'stopped']),
    audioMs: z.number().nullable(),
  }),
  z.object({
    type: z.literal('error'),
    code: z.string().nullable(),
    message: z.string(),
    fatal: z.boolean(),
  }),
  z.object({ type: z.literal('done') }),
  z.object({ type: z.literal('other'), name: z.string() }),
]);

const connection = z.object({
  reused: z
    .boolean()
    .exactOptional()
    .describe('True where earlier sessions had used the connection: nothing was opened.'),
  startUs: micros,
  openUs: optionalMicros,
  readyUs: optionalMicros,
  closeUs: optionalMicros,
  closeCode: z.int().nullable(),
  closeReason: z.string().nullable(),
});

const audio = z.object({
  sampleRateHz: z.int().positive(),
  totalSamples: z.int().nonnegative(),
  originUs: optionalMicros,
});

const chunks = z
  .object({
    dueUs: runs.describe('Differences between ideal send times, as [difference, count].'),
    lateUs: quickList(z.int(), Number.isSafeInteger).describe('Actual minus ideal send time.'),
    samples: runs.describe('Samples carried, as [samples, count].'),
    queuedBytes: runs.describe('Bytes waiting in the socket, as [bytes, count].'),
  })
  .describe('Audio messages sent, one entry per message in every column.');

const received = z
  .object({
    atUs: quickList(micros, Number.isSafeInteger).describe('Differences between receive times.'),
    bytes: quickList(count, (value) => Number.isSafeInteger(value) && (value as number) >= 0),
    text: quickList(
      z.string().nullable(),
      (value) => value === null || typeof value === 'string',
    ).describe('Text of an appended delta; null: the message is described in `messages`.'),
    messages: z
      .array(
        z.tuple([z.int().nonnegative(), z.array(transcriptEventSchema), z.string().nullable()]),
      )
      .describe('All other messages: [position, meaning, raw frame or null].'),
  })
  .describe('Messages received, one entry per message in every column.');

const failure = z.object({
  atUs: micros,
  reason: z.enum(failureReasons),
  code: z.string().nullable(),
  message: z.string(),
});

export const traceSchema = z
  .object({
    scheduledStartUs: micros,
    connection,
    audio,
    chunks,
    controls: z
      .array(z.tuple([micros, z.enum(['start', 'segment', 'final']).nullable(), z.string()]))
      .describe('Control messages sent: [time, commit kind, frame].'),
    received,
    pings: z.array(z.tuple([micros, z.int().nullable()])).describe('[time, round trip or null]'),
    failure: failure.nullable(),
  })
  .meta({ id: 'trace' });

export type FileTrace = z.infer<typeof traceSchema>;
