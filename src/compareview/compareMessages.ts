import * as z from 'zod/mini';
import { audioMessages } from '../timeline/timelineMessages.ts';
import { compareViewSchema, utteranceDetailSchema, utteranceRowSchema } from './compareView.ts';

/**
 * What the compare editor's page and the extension say to each other; both check what they receive.
 * The page says `ready`; the extension answers with a whole state, and again after every change.
 */

export const toCompareSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('comparison'),
    view: compareViewSchema,
    /** True while newer contents of the files are being compared. */
    isOutdated: z.boolean(),
  }),
  z.object({
    type: z.literal('progress'),
    label: z.string(),
    /** 0 to 1; null where it is not known. */
    share: z.nullable(z.number()),
  }),
  /** Nothing can be shown: names the thing and the remedy. */
  z.object({ type: z.literal('problem'), message: z.string() }),
  /** Answers `utterances`; those that got worst first. */
  z.object({
    type: z.literal('utterances'),
    pair: z.string(),
    key: z.string(),
    rows: z.array(utteranceRowSchema),
  }),
  /** Answers `utterance`. */
  z.object({ type: z.literal('utterance'), pair: z.string(), detail: utteranceDetailSchema }),
  ...audioMessages,
  /** A command of VS Code's palette or a keybinding; an id of `compareActions`. */
  z.object({ type: z.literal('action'), action: z.string() }),
]);

const place = z.int().check(z.nonnegative());
const pairKey = z.string();

/** Ten million base64 characters are a picture beyond all screens. */
const picture = z.string().check(z.maxLength(10_000_000));

export const fromCompareSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** Asks for the utterances ranked by a row. */
  z.object({ type: z.literal('utterances'), pair: pairKey, key: z.string() }),
  z.object({ type: z.literal('utterance'), pair: pairKey, id: z.string(), repeat: place }),
  /** Opens both sessions of an utterance on the timeline. */
  z.object({ type: z.literal('openTimeline'), pair: pairKey, id: z.string(), repeat: place }),
  /** Asks for single samples, as the timeline's page does. */
  z.object({
    type: z.literal('samples'),
    audioKey: z.string(),
    fromSample: place,
    count: z.int().check(z.positive(), z.maximum(1_000_000)),
  }),
  z.object({ type: z.literal('locateAudio'), audioKey: z.string() }),
  /** The timed text of one of an utterance's sessions. */
  z.object({ type: z.literal('openTranscript'), pair: pairKey, id: z.string(), repeat: place }),
  /** Both texts of an utterance in VS Code's own diff. */
  z.object({ type: z.literal('diffTexts'), pair: pairKey, id: z.string(), repeat: place }),
  /** `run` is a place in `runs`. */
  z.object({ type: z.literal('openRun'), run: place }),
  z.object({ type: z.literal('addRun') }),
  z.object({ type: z.literal('removeRun'), run: place }),
  /** The run becomes the first one, which the others are compared with. */
  z.object({ type: z.literal('makeBaseline'), run: place }),
  z.object({ type: z.literal('toggleStar'), run: place }),
  z.object({ type: z.literal('export'), format: z.enum(['markdown', 'csv', 'html']) }),
  /** A plot as a `data:image/png;base64,` URL. */
  z.object({ type: z.literal('savePicture'), name: z.string().check(z.maxLength(200)), picture }),
  z.object({ type: z.literal('copy'), text: z.string() }),
  /** Where changes that do not matter are set. */
  z.object({ type: z.literal('openNoiseSettings') }),
]);

export type ToCompare = z.infer<typeof toCompareSchema>;
export type FromCompare = z.infer<typeof fromCompareSchema>;
