import { pathToFileURL } from 'node:url';
import { BenchError } from '../common/benchError.ts';
import { RunnerError } from '../runner/runnerError.ts';
import type {
  Measured,
  MeasuredRuns,
  MeasureProgress,
  RunWanted,
  ToolCall,
} from './agentWorkspace.ts';

type MeasureOne = (run: RunWanted, onProgress: ToolCall['onProgress']) => Promise<Measured>;

/**
 * Measures runs one after the other, until one is stopped or cannot be measured: what was measured
 * before counts all the same.
 *
 * @throws BenchError where nothing was measured, which names a file that was left all the same
 */
export async function measureInTurn(
  runs: readonly RunWanted[],
  onProgress: ToolCall['onProgress'],
  measureOne: MeasureOne,
): Promise<MeasuredRuns> {
  const measured: Measured[] = [];
  for (const [at, run] of runs.entries()) {
    try {
      const one = await measureOne(run, (progress) => {
        onProgress(overall(progress, at, runs.length));
      });
      measured.push(one);
      if (one.cancelled) break;
    } catch (thrown) {
      const error = withSavedFile(thrown);
      if (!(error instanceof BenchError) || measured.length === 0) throw error;
      return { runs: measured, problem: error.message };
    }
  }
  return { runs: measured, problem: null };
}

/** How many sessions later runs have is known only when they begin: several are counted in runs. */
function overall(progress: MeasureProgress, at: number, runs: number): MeasureProgress {
  if (runs === 1) return progress;
  const { done, total, text } = progress;
  const share = total === 0 ? 0 : done / total;
  return { done: at + share, total: runs, text: `Run ${at + 1} of ${runs}: ${text}` };
}

/** A run that broke off may have left a file, which is worth knowing. */
function withSavedFile(error: unknown): unknown {
  if (!(error instanceof RunnerError) || error.file === null) return error;
  const { href } = pathToFileURL(error.file);
  return new BenchError(error.reason, `${error.message} What ended before is saved: ${href}`);
}
