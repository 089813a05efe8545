import { Command } from 'commander';
import { readRunFile } from '../runfile/readRunFile.ts';
import { printReport } from './printReport.ts';

export const showCommand = new Command('show')
  .description('Show a saved run; figures are computed again from its traces.')
  .argument('<file>', 'a run file (.rtbench.json)')
  .option('--json', 'print one JSON document and nothing else')
  .action(async (file: string, { json }: { json?: boolean }) => {
    printReport(await readRunFile(file), file, json ?? false);
  });
