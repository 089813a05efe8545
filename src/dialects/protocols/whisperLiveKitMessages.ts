import * as z from 'zod';

/** What a WhisperLiveKit server sends. Fields beyond these are tolerated. */

export const anyMessage = z.looseObject({
  type: z.string().optional(),
  error: z.unknown().optional(),
});

export type AnyMessage = z.infer<typeof anyMessage>;

/** Stretches of silence are lines without a text. */
const line = z.looseObject({
  text: z.string().nullish(),
  start: z.string().nullish().catch(null),
  end: z.string().nullish().catch(null),
});

export type Line = z.infer<typeof line>;

const buffer = z.string().nullish().catch(null);

const buffers = {
  status: z.string().nullish().catch(null),
  buffer_transcription: buffer,
  buffer_diarization: buffer,
};

/** All that the server has: an update in full mode, the first one in diff mode. */
export const stateMessage = z.looseObject({ lines: z.array(line), ...buffers });

const count = z.int().nonnegative().nullish().catch(null);

/** What changed since the last update. */
export const diffMessage = z.looseObject({
  n_lines: z.int().nonnegative(),
  lines_pruned: count,
  new_lines: z.array(line).nullish(),
  ...buffers,
});

export type Buffers = Pick<
  z.infer<typeof stateMessage>,
  'status' | 'buffer_transcription' | 'buffer_diarization'
>;

export type DiffMessage = z.infer<typeof diffMessage>;

export const configMessage = z.looseObject({ useAudioWorklet: z.boolean().catch(false) });
