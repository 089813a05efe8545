import * as z from 'zod/mini';
import { timelineSessionSchema } from './timelineSession.ts';

/**
 * What the timeline's page and the extension say to each other; both check what they receive.
 * The page says `ready`; the extension answers with all lanes and what it knows of their audio.
 */

/** Samples that one entry of the peaks stands for. */
export const samplesPerPeak = 256;

/** State of the audio that lanes with this key heard. Peaks follow by message. */
const audio = z.object({
  type: z.literal('audio'),
  audioKey: z.string(),
  /** WAV to play, as the page may load it; null while it is prepared and where it is missing. */
  playUri: z.nullable(z.string()),
  sampleRateHz: z.number(),
  /** 0 until it is known. */
  totalSamples: z.number(),
  /** Why it cannot be heard, and the remedy; null where it can. */
  problem: z.nullable(z.string()),
});

const peaks = z.object({
  type: z.literal('peaks'),
  audioKey: z.string(),
  /** Place of the first of these. */
  from: z.number(),
  /** Least and greatest sample of each {@link samplesPerPeak}, in turn. */
  minMax: z.instanceof(Int16Array),
});

/** Answers `samples`. */
const samples = z.object({
  type: z.literal('samples'),
  audioKey: z.string(),
  fromSample: z.number(),
  samples: z.instanceof(Int16Array),
});

/** What a page needs to draw and to play the audio of sessions. */
export const audioMessages = [audio, peaks, samples] as const;

export const toTimelineSchema = z.discriminatedUnion('type', [
  /** All lanes, in order. Replaces what was there. */
  z.object({ type: z.literal('lanes'), sessions: z.array(timelineSessionSchema) }),
  /** One lane as it is now: a live session grew or ended. Unknown keys are new lanes. */
  z.object({ type: z.literal('lane'), session: timelineSessionSchema }),
  /** What the page keeps in its saved state under `restore`, so that the panel can come back. */
  z.object({ type: z.literal('remember'), restore: z.string() }),
  z.object({ type: z.literal('loading'), label: z.string() }),
  /** Nothing can be shown: names the thing and the remedy. */
  z.object({ type: z.literal('problem'), message: z.string() }),
  ...audioMessages,
  /** Answers `spectrogram`: `columns × bins` levels, column by column, low to high frequency. */
  z.object({
    type: z.literal('spectrogram'),
    audioKey: z.string(),
    fromMs: z.number(),
    toMs: z.number(),
    columns: z.number(),
    bins: z.number(),
    /** 0: quietest (-90 dB of full scale), 255: loudest. */
    levels: z.instanceof(Uint8Array),
  }),
  /** Answers `frame`. */
  z.object({
    type: z.literal('frame'),
    key: z.string(),
    message: z.number(),
    /** As it came, or rebuilt from its events where the trace holds no raw frame. */
    raw: z.string(),
    isRebuilt: z.boolean(),
  }),
  /** Selects a delta and moves it into sight. */
  z.object({ type: z.literal('reveal'), key: z.string(), delta: z.number() }),
  /** Moves the playhead, in a lane that is chosen. */
  z.object({ type: z.literal('seek'), key: z.string(), ms: z.number() }),
  /** Whether the page is to say `playhead`: somebody follows it. */
  z.object({ type: z.literal('watchPlayhead'), isWanted: z.boolean() }),
  /** A command of VS Code's palette or a keybinding; an id of the keyboard map. */
  z.object({ type: z.literal('action'), action: z.string() }),
]);

const natural = z.int().check(z.nonnegative());

export const fromTimelineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({
    type: z.literal('samples'),
    audioKey: z.string(),
    fromSample: natural,
    count: z.int().check(z.positive(), z.maximum(1_000_000)),
  }),
  z.object({
    type: z.literal('spectrogram'),
    audioKey: z.string(),
    fromMs: z.number(),
    toMs: z.number(),
    columns: z.int().check(z.positive(), z.maximum(4096)),
  }),
  z.object({ type: z.literal('frame'), key: z.string(), message: natural }),
  /** A `lane` was taken in: a newer state of it may come. */
  z.object({ type: z.literal('laneShown'), key: z.string() }),
  z.object({ type: z.literal('copy'), text: z.string() }),
  /** Asks which run to add a lane from. */
  z.object({ type: z.literal('addLane') }),
  z.object({ type: z.literal('removeLane'), key: z.string() }),
  /** Opens the run of a lane in the run editor. */
  z.object({ type: z.literal('openRun'), key: z.string() }),
  /** Compares the run of a lane with another one, which is asked for. */
  z.object({ type: z.literal('compareRun'), key: z.string() }),
  /** The playhead moved to this place on the axis; said a few times a second at most. */
  z.object({ type: z.literal('playhead'), ms: z.number() }),
  /** Asks for the audio file that was not found. */
  z.object({ type: z.literal('locateAudio'), audioKey: z.string() }),
]);

export type ToTimeline = z.infer<typeof toTimelineSchema>;
export type FromTimeline = z.infer<typeof fromTimelineSchema>;
export type TimelineAudio = z.infer<typeof audio>;
