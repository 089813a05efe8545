import path from 'node:path';
import { Command, Option } from 'commander';
import { compareRuns } from '../comparison/compareRuns.ts';
import type { Comparison } from '../comparison/comparison.ts';
import { csvReport } from '../report/csvReport.ts';
import { htmlReport } from '../report/htmlReport.ts';
import { markdownReport } from '../report/markdownReport.ts';
import { readRunFile } from '../runfile/readRunFile.ts';
import { writeAtomically } from '../runfile/writeAtomically.ts';
import { compareText } from './compareText.ts';
import { collectNoise, type NoiseThreshold } from './noiseOption.ts';
import { collect, wholeNumber } from './optionParsers.ts';

interface CompareOptions {
  json?: boolean;
  markdown?: boolean;
  csv?: boolean;
  html?: string;
  failOn?: 'regression';
  endpoint: string[];
  metric: string[];
  noise: NoiseThreshold[];
  seed?: number;
}

export const compareCommand = new Command('compare')
  .description('Compare saved runs with the first one: what changed, and is it real.')
  .argument('<baseline>', 'the run to compare with (.rtbench.json)')
  .argument('<runs...>', 'one run or more')
  .option('--endpoint <id>', 'endpoint to compare; once for all runs or once per run', collect, [])
  .option('--metric <key>', 'compare only this, e.g. ttfs or wel.p95; repeatable', collect, [])
  .option(
    '--noise <limit>',
    'a change that does not matter, e.g. "ttfs=20ms" or "wer=0.2%"; repeatable',
    collectNoise,
    [],
  )
  .option('--seed <n>', 'seed of the resampling (default: 42)', wholeNumber)
  .addOption(
    new Option('--fail-on <what>', 'exit with 1 on a regression of a primary metric').choices([
      'regression',
    ]),
  )
  .addOption(
    new Option('--json', 'print one JSON document and nothing else').conflicts(['markdown', 'csv']),
  )
  .addOption(new Option('--markdown', 'print a summary for a pull request').conflicts('csv'))
  .option('--csv', 'print a table for spreadsheets')
  .option('--html <file>', 'also write one HTML file with plots')
  .addHelpText(
    'after',
    '\nExit code: 0 compared, 1 a primary metric regressed (with --fail-on), 2 unusable input.',
  )
  .action(async (baseline: string, runs: string[], options: CompareOptions) => {
    process.exitCode = await compare([baseline, ...runs], options);
  });

async function compare(files: readonly string[], options: CompareOptions): Promise<number> {
  const reports = [];
  for (const file of files) reports.push(await readRunFile(file));
  const { endpoint, metric, noise, seed } = options;
  const comparison = compareRuns(reports, {
    noise: Object.fromEntries(noise.map(({ key, size }) => [key, size])),
    endpoints: endpoint.length === 1 ? files.map(() => endpoint[0]!) : endpoint,
    ...(metric.length > 0 && { metrics: metric }),
    ...(seed !== undefined && { seed }),
  });
  if (options.html !== undefined) {
    await writeAtomically(path.resolve(options.html), [htmlReport(comparison)]);
  }
  process.stdout.write(printed(files, comparison, options));
  const regressed = comparison.pairs.some(({ conclusion }) => conclusion.regressed.length > 0);
  return options.failOn === 'regression' && regressed ? 1 : 0;
}

function printed(
  files: readonly string[],
  comparison: Comparison,
  { json, markdown, csv }: CompareOptions,
): string {
  if (json) return `${JSON.stringify({ files, ...comparison }, null, 2)}\n`;
  if (markdown) return markdownReport(comparison);
  return csv ? csvReport(comparison) : `${compareText(comparison)}\n`;
}
