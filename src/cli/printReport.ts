import type { ThresholdResult } from '../runfile/checkThresholds.ts';
import type { RunReport } from '../runfile/runReport.ts';
import { reportText, thresholdText } from './reportText.ts';

/** Prints a run for people, and how its thresholds fared. */
export function printReport(report: RunReport, thresholds: readonly ThresholdResult[]): void {
  console.log(reportText(report));
  if (thresholds.length > 0) console.log(`\n${thresholdText(thresholds)}`);
}

/** Prints one document for programs. */
export function printJson(document: unknown): void {
  console.log(JSON.stringify(document, null, 2));
}
