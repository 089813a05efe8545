import * as z from 'zod/mini';
import {
  plotKinds,
  plotScales,
  timelineModes,
  utteranceModes,
  type CompareState,
} from './compareState.ts';
import { loadAxes } from './loads/loadAxis.ts';

const sort = z.nullable(
  z.object({ column: z.string(), direction: z.enum(['ascending', 'descending']) }),
);

/** What the page remembers while it is hidden and after the window was reloaded. */
const savedStateSchema = z.object({
  version: z.literal(1),
  state: z.object({
    allRuns: z.boolean(),
    pair: z.nullable(z.string()),
    row: z.nullable(z.string()),
    sort,
    utteranceSort: sort,
    utterance: z.nullable(z.object({ id: z.string(), repeat: z.int().check(z.nonnegative()) })),
    mode: z.enum(timelineModes),
    utteranceMode: z.enum(utteranceModes),
    plot: z.enum(plotKinds),
    scale: z.enum(plotScales),
    // States that were saved before there was one stay good.
    loadAxis: z._default(z.enum(loadAxes), 'concurrency'),
  }),
});

/** The saved state; empty where none was saved, or another version of the page did. */
export function savedStateOf(saved: unknown): Partial<CompareState> {
  const parsed = savedStateSchema.safeParse(saved);
  return parsed.success ? parsed.data.state : {};
}

/** What of the page's state outlives it. */
export function stateToSave(state: CompareState): z.infer<typeof savedStateSchema> {
  const { allRuns, pair, row, sort, utteranceSort, utterance } = state;
  const { mode, utteranceMode, plot, scale, loadAxis } = state;
  return {
    version: 1,
    state: {
      allRuns,
      pair,
      row,
      sort,
      utteranceSort,
      utterance,
      mode,
      utteranceMode,
      plot,
      scale,
      loadAxis,
    },
  };
}
