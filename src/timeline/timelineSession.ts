import * as z from 'zod/mini';

/**
 * A session as the timeline draws it. All times are milliseconds on the axis: 0 is the instant the
 * first sample of the audio is spoken, and an arrival lies where the audio had got to by then, so
 * that lag is distance. Columns hold one value per event; those of one table have one length.
 * Typed arrays cross to the page as they are. `zod/mini` keeps the page small.
 */

const numbers = z.instanceof(Float64Array);
const optionalNumber = z.nullable(z.number());

/** What `kinds` of {@link deltas} holds. */
export const deltaKinds = ['append', 'replace', 'final', 'late'] as const;
export type DeltaKind = (typeof deltaKinds)[number];

/** Audio as it was sent, chunk by chunk. */
const chunks = z.object({
  sentMs: numbers,
  /** When the schedule wanted them to leave. */
  dueMs: numbers,
  /** The stretch of audio each carries, milliseconds of audio. */
  startMs: numbers,
  endMs: numbers,
  /** Bytes waiting in the socket's queue when it was sent. */
  queuedBytes: numbers,
});

/**
 * Messages that carried text, in the order of arrival. Each turns the displayed text H into
 * `H.slice(0, keptChars) + texts`; blank and late ones leave it as it is.
 */
const deltas = z.object({
  atMs: numbers,
  /** Places in {@link deltaKinds}; a message with deltas and finals is `final`. */
  kinds: z.instanceof(Uint8Array),
  /**
   * 1: a delta with text, of those that gaps are measured between; 0: blank, late or only a
   * final.
   */
  hasText: z.instanceof(Uint8Array),
  /** UTF-16 units of the text before that stay. */
  keptChars: z.instanceof(Uint32Array),
  texts: z.array(z.string()),
  /** Words taken back, as the metrics count revisions; 0 where text was only appended. */
  erasedWords: z.instanceof(Uint32Array),
  bytes: z.instanceof(Uint32Array),
  /** Audio sent by then, milliseconds of audio. */
  audioSentMs: numbers,
  /** Place in the trace's received messages, by which the raw frame is asked for. */
  messages: z.instanceof(Uint32Array),
});

const operation = z.enum(['equal', 'substitute', 'delete', 'insert']);

/** A word of the reference where it was spoken. */
const referenceWord = z.object({
  text: z.string(),
  startMs: z.number(),
  endMs: z.number(),
  /** Null while the session is live and where texts are not compared by words. */
  operation: z.nullable(operation),
  /** What is shown in place of a substituted word; null for others. */
  shownAs: z.nullable(z.string()),
});

/** A word of the text as it stands at the end (live: now). */
const shownWord = z.object({
  text: z.string(),
  /** Where it was spoken; null where neither server nor reference say. */
  startMs: optionalNumber,
  endMs: optionalNumber,
  source: z.nullable(z.enum(['server', 'reference'])),
  /** When it was first displayed, and since when it has not changed. */
  firstMs: z.number(),
  stableMs: z.number(),
  /** How often text at its place was replaced before it stood. */
  revisions: z.number(),
  operation: z.nullable(operation),
});

/** From the end of a word in the audio to the arrival of its text. */
const wordLag = z.object({ endMs: z.number(), arrivalMs: z.number(), text: z.string() });

const eventKinds = [
  'connect',
  'open',
  'ready',
  'commit',
  'speechStarted',
  'speechStopped',
  'error',
  'failure',
  'done',
  'close',
  'other',
] as const;

const event = z.object({
  atMs: z.number(),
  kind: z.enum(eventKinds),
  /** What happened, in words. From the server: hostile. */
  label: z.string(),
  /** Place in the received messages; null for what the client did. */
  message: optionalNumber,
  /** What the server says it is about, milliseconds of audio. */
  audioMs: optionalNumber,
});

/** A line across all tracks with its figure. */
const marker = z.object({
  id: z.enum(['firstText', 'endOfSpeech', 'endOfAudio', 'finalCommit', 'final']),
  atMs: z.number(),
  /** For example `First text`. */
  label: z.string(),
  /** For example `TTFT 612 ms`; empty where it has none. */
  figure: z.string(),
});

const stretch = z.object({ startMs: z.number(), endMs: z.number() });

const figure = z.object({ label: z.string(), value: z.string(), description: z.string() });

export const timelineSessionSchema = z.object({
  /** Unique among the lanes of a timeline. */
  key: z.string(),
  endpoint: z.string(),
  utterance: z.string(),
  /** 0-based. */
  repeat: z.number(),
  /** Title of the run. */
  run: z.string(),
  status: z.enum(['live', 'success', 'empty', 'partial', 'failed', 'cancelled']),
  /** Lanes of equal `audioKey` were sent the same samples. */
  audioKey: z.string(),
  /** Of the whole utterance, sent or not. */
  audioMs: z.number(),
  /** `×` real time; null in burst pacing, where arrival does not relate to the audio's clock. */
  speed: optionalNumber,
  /** What readers must know of the two clocks here; null where nothing. */
  clockNote: z.nullable(z.string()),
  /** From the first to the last thing that happened; covers the audio. */
  range: stretch,
  chunks,
  deltas,
  reference: z.nullable(z.string()),
  /** Null where the dataset has no word times. */
  referenceWords: z.nullable(z.array(referenceWord)),
  words: z.array(shownWord),
  /** By arrival. */
  lags: z.array(wordLag),
  /** Why `lags` is empty; null where it is not. */
  noLags: z.nullable(z.string()),
  /** Gaps between texts that count as stalls. */
  stalls: z.array(stretch),
  events: z.array(event),
  markers: z.array(marker),
  /** Headline figures for the summary line, in the metrics' order. */
  figures: z.array(figure),
  failure: z.nullable(z.string()),
});

export type TimelineSession = z.infer<typeof timelineSessionSchema>;
export type TimelineDeltas = TimelineSession['deltas'];
export type TimelineChunks = TimelineSession['chunks'];
export type ReferenceWord = z.infer<typeof referenceWord>;
export type ShownWord = z.infer<typeof shownWord>;
export type WordLag = z.infer<typeof wordLag>;
export type TimelineEvent = z.infer<typeof event>;
export type TimelineMarker = z.infer<typeof marker>;
export type Stretch = z.infer<typeof stretch>;
