import * as z from 'zod/mini';
import { fullRange, spanOf } from '../../src/timeline/viewport.ts';
import type { TimelineState } from './timelineState.ts';

const stretch = z.object({ startMs: z.number(), endMs: z.number() });

/** What the page remembers while it is hidden and after the window was reloaded. */
const savedStateSchema = z.object({
  version: z.literal(1),
  /** Null: all of it. */
  view: z.nullable(stretch),
  selection: z.object({
    lane: z.nullable(z.string()),
    delta: z.nullable(z.int().check(z.nonnegative())),
    area: z.nullable(stretch),
  }),
  playheadMs: z.number(),
  isLooping: z.boolean(),
  speed: z.number().check(z.minimum(0.25), z.maximum(4)),
  layout: z.enum(['stacked', 'overlaid']),
  showsTable: z.boolean(),
  showsConnectors: z.boolean(),
  showsSpectrogram: z.boolean(),
  sort: z.nullable(
    z.object({ column: z.string(), direction: z.enum(['ascending', 'descending']) }),
  ),
  /** The extension's: how to bring the lanes back. Empty before it said. */
  restore: z.string(),
});

export type SavedState = z.infer<typeof savedStateSchema>;

/** The saved state; null where none was saved, or another version of the page did. */
export function savedStateOf(saved: unknown): SavedState | null {
  const parsed = savedStateSchema.safeParse(saved);
  return parsed.success ? parsed.data : null;
}

/** What of the page's state outlives it. */
export function stateToSave(
  state: TimelineState,
  { sort, restore }: Pick<SavedState, 'sort' | 'restore'>,
): SavedState {
  const { lanes, view, selection, playheadMs, isLooping, speed } = state;
  const { layout, showsTable, showsConnectors, showsSpectrogram } = state;
  return {
    version: 1,
    view: spanOf(view) < spanOf(fullRange(lanes)) * 0.999 ? view : null,
    selection,
    playheadMs,
    isLooping,
    speed,
    layout,
    showsTable,
    showsConnectors,
    showsSpectrogram,
    sort,
    restore,
  };
}
