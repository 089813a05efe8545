import { reportRun, type RunReport } from '../../src/runfile/runReport.ts';
import type { Run } from '../../src/runfile/run.ts';
import { runFileText } from '../../src/runfile/writeRunFile.ts';

/** A profile that no version has. */
export const unknownProfile = 'future@9';

/** The run file of a newer version, which scored the texts by a profile that this one does not have. */
export function unknownProfileText(run: Run): string {
  const known = reportRun({ ...run, plan: { ...run.plan, textProfile: 'basic@1' } });
  const report: RunReport = { ...known, run: askingForUnknownProfile(run) };
  return [...runFileText(report, '/data')].join('').replaceAll('basic@1', unknownProfile);
}

export function askingForUnknownProfile(run: Run): Run {
  return { ...run, plan: { ...run.plan, textProfile: unknownProfile } };
}
