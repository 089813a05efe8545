import { pathToFileURL } from 'node:url';
import { BenchError } from '../common/benchError.ts';
import { RunnerError } from '../runner/runnerError.ts';
import { outcomeText } from '../series/outcomeText.ts';
import { RunSteps, type RunStep } from '../series/runSteps.ts';
import { stepsAtMost } from '../series/stepsAtMost.ts';
import type {
  AgentWorkspace,
  Measured,
  MeasuredRun,
  MeasuredRuns,
  MeasureProgress,
  RunWanted,
  ToolCall,
} from './agentWorkspace.ts';
import { readRunHead } from './runHead.ts';

/** A run that is to be made, and the absolute path of where it is saved. */
export type StepWanted = RunStep & Pick<RunWanted, 'folder'>;

/** How runs are made, and read again. */
export interface Measurer extends Pick<AgentWorkspace, 'readHead'> {
  measureOne: (run: StepWanted, onProgress: ToolCall['onProgress']) => Promise<Measured>;
}

/**
 * Measures runs and series of runs one after the other, until one is stopped or cannot be measured:
 * what was measured before counts all the same.
 *
 * @throws BenchError where nothing was measured, which names a file that was left all the same
 */
export async function measureInTurn(
  runs: readonly RunWanted[],
  onProgress: ToolCall['onProgress'],
  measurer: Measurer,
): Promise<MeasuredRuns> {
  const all: MeasuredRuns = { runs: [], outcomes: [], problem: null };
  const most = runs.map(runsAtMost);
  for (const [at, run] of runs.entries()) {
    const part = { before: sum(most.slice(0, at)), own: most[at]!, all: sum(most) };
    const measured: MeasuredRun[] = [];
    try {
      const tell = { onProgress, part };
      const outcomes = await measureSteps(run, tell, measurer, measured);
      all.outcomes.push(...outcomes);
    } catch (thrown) {
      const error = withSavedFile(thrown);
      const isKept = all.runs.length + measured.length > 0;
      if (!(error instanceof BenchError) || !isKept) throw error;
      all.problem = error.message;
    }
    all.runs.push(...measured);
    if (all.problem !== null || measured.at(-1)?.cancelled) break;
  }
  return all;
}

/** Adds what is measured to `measured`, also where it throws; returns what series found out. */
async function measureSteps(
  { folder, ...planned }: RunWanted,
  { onProgress, part }: { onProgress: ToolCall['onProgress']; part: Part },
  measurer: Measurer,
  measured: MeasuredRun[],
): Promise<string[]> {
  const steps = new RunSteps(planned);
  for (let step = steps.next(); step !== null; step = steps.next()) {
    const at = part.before + Math.min(measured.length, part.own - 1);
    const one = await measurer.measureOne({ ...step, folder }, (progress) => {
      onProgress(overall(progress, at, part.all));
    });
    measured.push({ ...one, isJudged: !step.series });
    if (one.cancelled) break;
    steps.add(step.series ? (await readRunHead(one.place, measurer)).summary : []);
  }
  for (const { decidingRun } of steps.outcomes) measured[decidingRun]!.isJudged = true;
  return steps.outcomes.map(outcomeText);
}

/** Which of all runs are a profile's, of which a series may take fewer. */
interface Part {
  before: number;
  own: number;
  all: number;
}

function runsAtMost({ plan, series }: RunWanted): number {
  return series === null ? 1 : stepsAtMost(series).length * plan.endpoints.length;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
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
