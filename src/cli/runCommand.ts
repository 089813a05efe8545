import path from 'node:path';
import { Command, Option } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { BenchError } from '../common/benchError.ts';
import { isCompleted } from '../metrics/sessionStatus.ts';
import type { ThresholdResult } from '../runfile/checkThresholds.ts';
import type { Plan } from '../plan/plan.ts';
import { readRunFile } from '../runfile/readRunFile.ts';
import type { RunReport } from '../runfile/runReport.ts';
import { apiKeyFromEnvironment } from '../runner/apiKeyFromEnvironment.ts';
import { runBenchmark } from '../runner/runBenchmark.ts';
import { runFileName, runTitle } from '../runner/runName.ts';
import { interruption } from './interruption.ts';
import { collect, positiveInteger, positiveNumber, secondsAsMs } from './optionParsers.ts';
import { printReport } from './printReport.ts';
import { proxyOption } from './proxyOption.ts';
import { RunProgress } from './runProgress.ts';
import { planFromOptions, type RunOptions } from './runPlan.ts';

interface RunCommandOptions extends RunOptions {
  proxy?: string;
  out?: string;
  title?: string;
  json?: boolean;
  quiet?: boolean;
}

/** Exit code of a run that was cancelled, as shells have it for Ctrl-C. */
const cancelledCode = 130;

export const runCommand = new Command('run')
  .description('Send speech to an endpoint in real time, measure, and save a run file.')
  .argument('[file]', 'a saved run whose plan to repeat')
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

async function run(saved: string | undefined, options: RunCommandOptions): Promise<number> {
  const plan = await planOf(saved, options);
  const title = options.title ?? runTitle(plan);
  const file = path.resolve(options.out ?? runFileName(runTitle(plan), new Date()));
  const signal = interruption();
  const quiet = (options.quiet ?? false) || (options.json ?? false);
  const progress = quiet ? null : new RunProgress(process.stderr);
  let report: RunReport;
  try {
    report = await runBenchmark({
      plan,
      title,
      file,
      rtbenchVersion: manifest.version,
      apiKeyOf: apiKeyFromEnvironment(process.env),
      proxy: options.proxy ?? null,
      signal,
      observer: progress ?? {},
    });
  } catch (error) {
    if (!isCancellation(error)) throw error;
    console.error('Cancelled before anything was measured.');
    return cancelledCode;
  } finally {
    progress?.stop();
  }
  const json = options.json ?? false;
  const thresholds = printReport(report, file, json);
  if (!json) console.log(`\nSaved ${path.relative('', file)}`);
  return signal.aborted ? cancelledCode : exitCode(report, thresholds);
}

async function planOf(saved: string | undefined, options: RunCommandOptions): Promise<Plan> {
  return planFromOptions(options, saved === undefined ? null : (await readRunFile(saved)).run.plan);
}

function isCancellation(error: unknown): boolean {
  if (error instanceof BenchError) return error.reason === 'cancelled';
  return error instanceof Error && error.name === 'AbortError';
}

function exitCode({ sessions }: RunReport, thresholds: readonly ThresholdResult[]): number {
  const someWell = sessions.some(({ figures: { status } }) => isCompleted(status));
  return someWell && thresholds.every(({ met }) => met) ? 0 : 1;
}
