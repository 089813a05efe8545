import { Command } from 'commander';
import { checkThresholds } from '../runfile/checkThresholds.ts';
import { readRunFile } from '../runfile/readRunFile.ts';
import { reportDocument } from './reportDocument.ts';
import { reportText, thresholdText } from './reportText.ts';

export const showCommand = new Command('show')
  .description('Show a saved run; figures are computed again from its traces.')
  .argument('<file>', 'a run file (.rtbench.json)')
  .option('--json', 'print one JSON document and nothing else')
  .action(async (file: string, { json }: { json?: boolean }) => {
    const report = await readRunFile(file);
    const results = checkThresholds(report.run.plan.thresholds, report.summary);
    if (json) {
      console.log(JSON.stringify(reportDocument(file, report, results), null, 2));
      return;
    }
    console.log(reportText(report));
    if (results.length > 0) console.log(`\n${thresholdText(results)}`);
  });
