import { Command } from 'commander';
import { readRunFile } from '../runfile/readRunFile.ts';
import { checkThresholds } from '../runfile/checkThresholds.ts';
import { printJson, printReport } from './printReport.ts';
import { reportDocument } from './reportDocument.ts';

export const showCommand = new Command('show')
  .description('Show a saved run; figures are computed again from its traces.')
  .argument('<file>', 'a run file (.rtbench.json)')
  .option('--json', 'print one JSON document and nothing else')
  .action(async (file: string, { json }: { json?: boolean }) => {
    const report = await readRunFile(file);
    const thresholds = checkThresholds(report.run.plan.thresholds, report.summary);
    if (json) printJson(reportDocument(file, report, thresholds));
    else printReport(report, thresholds);
  });
