import { appendFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Command, Option } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { BenchError } from '../common/benchError.ts';
import { isCompleted } from '../metrics/sessionStatus.ts';
import { planFileEnding } from '../planfile/planFileEnding.ts';
import type { PlannedRun } from '../planfile/plansOf.ts';
import { junitReport, type JudgedRun } from '../report/junitReport.ts';
import { stepSummary } from '../report/stepSummary.ts';
import { checkThresholds, type ThresholdResult } from '../runfile/checkThresholds.ts';
import { readRunFile } from '../runfile/readRunFile.ts';
import type { RunReport } from '../runfile/runReport.ts';
import { writeAtomically } from '../runfile/writeAtomically.ts';
import { apiKeyFromEnvironment } from '../runner/apiKeyFromEnvironment.ts';
import { runBenchmark } from '../runner/runBenchmark.ts';
import { runFileName, runTitle } from '../runner/runName.ts';
import { outcomeText } from '../series/outcomeText.ts';
import { RunSteps, type RunStep } from '../series/runSteps.ts';
import { interruption } from './interruption.ts';
import { collect, positiveInteger, positiveNumber, secondsAsMs } from './optionParsers.ts';
import { readPlanFile } from './readPlanFile.ts';
import { printJson, printReport } from './printReport.ts';
import { proxyOption } from './proxyOption.ts';
import { reportDocument } from './reportDocument.ts';
import { RunProgress } from './runProgress.ts';
import { namesLoad, planFromOptions, type RunOptions } from './runPlan.ts';

interface RunCommandOptions extends RunOptions {
  proxy?: string;
  out?: string;
  title?: string;
  junit?: string;
  summary?: string;
  json?: boolean;
  quiet?: boolean;
}

/** Exit code of a run that was cancelled, as shells have it for Ctrl-C. */
const cancelledCode = 130;

export const runCommand = new Command('run')
  .description('Send speech to an endpoint in real time, measure, and save a run file.')
  .argument('[file]', 'a plan (.rtplan.json), or a saved run whose plan to repeat')
  .option('--endpoint <url>', 'server address, or "embedded" (the default)')
  .option('--dialect <id>', 'wire protocol (default: vllm-realtime)')
  .option('--model <name>', 'model to ask for (default: the first the server lists)')
  .option('--language <code>', 'language to ask for, where the protocol takes one')
  .option(
    '--option <name=value>',
    'what else to ask the protocol for, see docs/dialects; repeatable',
    collect,
    [],
  )
  .option('--api-key-env <name>', 'environment variable that holds the API key')
  .option('--data <path>', 'manifest, folder or audio file (default: the bundled speech)')
  .option('--limit <n>', 'take only the first utterances', positiveInteger)
  .option('--concurrency <n>', 'sessions at once (default: 1)', positiveInteger)
  .option(
    '--reuse-connections',
    'sessions that follow each other share a connection, where the protocol can',
  )
  .option('--no-reuse-connections', 'each session has its own (the default)')
  .addOption(
    new Option('--pacing <mode>', 'how the sender keeps time (default: capture)').choices([
      'capture',
      'lead',
      'burst',
    ]),
  )
  .option('--speed <x>', 'times real time (default: 1)', positiveNumber)
  .option('--chunk-ms <n>', 'audio per message (default: 100)', positiveInteger)
  .option('--repeats <n>', 'how often to send each utterance (default: 1)', positiveInteger)
  .option('--profile <id>', 'text profile for WER (default: auto, by language)')
  .option(
    '--threshold <limit>',
    'a figure to reach, e.g. "ttft.p95<=1000"; repeatable',
    collect,
    [],
  )
  .addOption(proxyOption())
  .option('--connect-timeout <s>', 'seconds to connect (default: 10)', secondsAsMs)
  .option('--ready-timeout <s>', "seconds to the server's first message (default: 10)", secondsAsMs)
  .option('--idle-timeout <s>', 'seconds of silence after the audio (default: 30)', secondsAsMs)
  .option('--final-timeout <s>', 'seconds to the final text (default: 30)', secondsAsMs)
  .option('--title <text>', 'name of the run')
  .option('--out <file>', 'run file to write (default: by endpoint, dataset and time)')
  .option('--junit <file>', 'also write how thresholds fared as JUnit XML, for CI')
  .option(
    '--summary <file>',
    'also append figures and verdicts as Markdown, e.g. to "$GITHUB_STEP_SUMMARY"',
  )
  .option('--json', 'print one JSON document and nothing else')
  .option('--quiet', 'no progress')
  .addHelpText(
    'after',
    '\nExit code: 0 well, 1 every session failed or a threshold was missed, 2 unusable input,\n' +
      '130 cancelled (what finished is saved).',
  )
  .action(async (saved: string | undefined, options: RunCommandOptions) => {
    process.exitCode = await run(saved, options);
  });

async function run(file: string | undefined, options: RunCommandOptions): Promise<number> {
  const planned = await plannedRuns(file, options);
  const isSeveral = planned.length > 1 || planned.some(({ series }) => series !== null);
  if (isSeveral && options.out !== undefined) {
    const count = planned.length > 1 ? planned.length : 'several';
    const text = `${file} asks for ${count} runs, and --out names one file. Leave it out.`;
    throw new BenchError('out_ambiguous', text);
  }
  const signal = interruption();
  const all: Outcomes = { runs: [], series: [] };
  for (const one of planned) {
    const { runs, series } = await runAll(one, options, signal);
    all.runs.push(...runs);
    all.series.push(...series);
    if (signal.aborted) break;
  }
  const measured = all.runs.flatMap(({ measured: one }) => one ?? []);
  await writeVerdicts(all, options);
  if (options.json) {
    const documents = measured.map((one) => reportDocument(one.file, one.report, one.thresholds));
    printJson(isSeveral ? documents : documents[0]);
  }
  return Math.max(0, ...all.runs.map(({ code }) => code));
}

interface Outcomes {
  runs: Outcome[];
  /** What series found out, in words. */
  series: string[];
}

/** The run, or the runs of the series, that a profile asks for. */
async function runAll(
  planned: CliRun,
  options: RunCommandOptions,
  signal: AbortSignal,
): Promise<Outcomes> {
  const steps = new RunSteps(planned);
  const runs: Outcome[] = [];
  for (let step = steps.next(); step !== null; step = steps.next()) {
    const { folder } = planned;
    const stem = step.series ? step.title : planned.stem;
    const outcome = await runOne({ ...step, folder, stem }, options, signal);
    runs.push(outcome);
    if (outcome.code === cancelledCode || outcome.measured === null) {
      return { runs: [...runs.slice(0, -1).map(notJudged), outcome], series: [] };
    }
    steps.add(outcome.measured.report.summary);
  }
  if (planned.series === null) return { runs, series: [] };
  const series = steps.outcomes.map(outcomeText);
  for (const text of series) (options.json ? console.error : console.log)(`\n${text}`);
  const deciding = new Set(steps.outcomes.map(({ decidingRun }) => decidingRun));
  return { runs: runs.map((run, at) => (deciding.has(at) ? run : notJudged(run))), series };
}

/** A load that an endpoint was only tried under is not held against it. */
function notJudged({ measured }: Outcome): Outcome {
  return { code: 0, isJudged: false, measured: measured && { ...measured, thresholds: [] } };
}

interface CliRun extends PlannedRun, RunPlace {}

interface RunPlace {
  /** Where its run file goes, unless its user says otherwise. */
  folder: string;
  /** Begins the name of the run file. */
  stem: string;
}

/** What to run: what a plan file asks for, or a saved run or the options alone do. */
async function plannedRuns(
  file: string | undefined,
  options: RunCommandOptions,
): Promise<CliRun[]> {
  if (file?.endsWith(planFileEnding)) {
    const { folder, runs } = await readPlanFile(file);
    return runs.map(({ title, plan, series }) => ({
      title: options.title ?? title,
      plan: planFromOptions(options, plan),
      series: namesLoad(options) ? null : series,
      folder,
      stem: title,
    }));
  }
  const savedPlan = file === undefined ? null : (await readRunFile(file)).run.plan;
  const plan = planFromOptions(options, savedPlan);
  const stem = runTitle(plan);
  return [{ title: options.title ?? stem, plan, series: null, folder: '.', stem }];
}

interface Outcome {
  code: number;
  /** False where its load was only tried. */
  isJudged: boolean;
  /** Null where it was cancelled before. */
  measured: (JudgedRun & { file: string }) | null;
}

/** For CI. What is there of a summary stays: a workflow has one for all its steps. */
async function writeVerdicts(
  { runs, series }: Outcomes,
  { junit, summary }: RunCommandOptions,
): Promise<void> {
  const measured = (outcomes: readonly Outcome[]) => outcomes.flatMap((one) => one.measured ?? []);
  if (junit !== undefined) {
    const judged = measured(runs.filter(({ isJudged }) => isJudged));
    await writeAtomically(path.resolve(junit), [junitReport(judged)]);
  }
  if (summary !== undefined) await appendFile(summary, stepSummary(measured(runs), series));
}

async function runOne(
  { title, plan, series, folder, stem }: RunStep & RunPlace,
  options: RunCommandOptions,
  signal: AbortSignal,
): Promise<Outcome> {
  let file = path.resolve(options.out ?? path.join(folder, runFileName(stem, new Date())));
  await mkdir(path.dirname(file), { recursive: true });
  const quiet = (options.quiet ?? false) || (options.json ?? false);
  const progress = quiet ? null : new RunProgress(process.stderr);
  let report: RunReport;
  try {
    report = await runBenchmark({
      plan,
      title,
      file,
      replace: options.out !== undefined,
      named: (name) => {
        file = name;
      },
      rtbenchVersion: manifest.version,
      ...(series && { series }),
      apiKeyOf: apiKeyFromEnvironment(process.env),
      proxy: options.proxy ?? null,
      signal,
      observer: progress ?? {},
    });
  } catch (error) {
    if (!isCancellation(error)) throw error;
    console.error('Cancelled before anything was measured.');
    return { code: cancelledCode, isJudged: true, measured: null };
  } finally {
    progress?.stop();
  }
  const thresholds = checkThresholds(report.run.plan.thresholds, report.summary);
  if (!options.json) {
    printReport(report, thresholds);
    console.log(`\nSaved ${path.relative('', file)}`);
  }
  return {
    code: signal.aborted ? cancelledCode : exitCode(report, thresholds),
    isJudged: true,
    measured: { report, thresholds, file },
  };
}

function isCancellation(error: unknown): boolean {
  if (error instanceof BenchError) return error.reason === 'cancelled';
  return error instanceof Error && error.name === 'AbortError';
}

function exitCode({ sessions }: RunReport, thresholds: readonly ThresholdResult[]): number {
  const someWell = sessions.some(({ figures: { status } }) => isCompleted(status));
  return someWell && thresholds.every(({ met }) => met) ? 0 : 1;
}
