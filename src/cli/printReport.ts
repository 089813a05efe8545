import { checkThresholds, type ThresholdResult } from '../runfile/checkThresholds.ts';
import type { RunReport } from '../runfile/runReport.ts';
import { reportDocument } from './reportDocument.ts';
import { reportText, thresholdText } from './reportText.ts';

/** Prints a run, as one JSON document or for people. Returns how its thresholds fared. */
export function printReport(report: RunReport, file: string, json: boolean): ThresholdResult[] {
  const results = checkThresholds(report.run.plan.thresholds, report.summary);
  if (json) {
    console.log(JSON.stringify(reportDocument(file, report, results), null, 2));
  } else {
    console.log(reportText(report));
    if (results.length > 0) console.log(`\n${thresholdText(results)}`);
  }
  return results;
}
