import type { AgentWorkspace, MeasuredRun, MeasuredRuns } from './agentWorkspace.ts';
import { dataNotice, plainText } from './plainText.ts';
import { readRunHead, type RunHead } from './runHead.ts';
import { summaryLines } from './summaryText.ts';
import type { ThresholdResult } from '../runfile/checkThresholds.ts';
import { verdictLines, verdictsOf, verdictText } from './verdictText.ts';
import type { WantedRuns } from './wantedRuns.ts';

interface JudgedRun {
  measured: MeasuredRun;
  head: RunHead;
}

/** What became of a measurement: first what was saved where and how it is judged, then the figures. */
export async function measuredText(
  { planName, runs: wanted }: WantedRuns,
  { runs, outcomes, problem }: MeasuredRuns,
  workspace: Pick<AgentWorkspace, 'readHead'>,
): Promise<string> {
  const judged: JudgedRun[] = [];
  for (const measured of runs) {
    judged.push({ measured, head: await readRunHead(measured.place, workspace) });
  }
  const verdict = verdictText(judged.flatMap(verdictsOfRun));
  return [
    ...(planName === null
      ? []
      : [`Plan "${plainText(planName)}", ${countText(runs, wanted)}: ${verdict}`]),
    ...(problem === null
      ? []
      : [`BROKE OFF before run ${runs.length + 1}: ${plainText(problem, 600)}`]),
    ...outcomes.map((outcome) => plainText(outcome, 600)),
    ...judged.flatMap(outcomeLines),
    ...judged.flatMap(({ measured, head }) => ['', ...summaryLines(head, measured.place)]),
    dataNotice,
  ].join('\n');
}

/** How many runs a series takes is known when it is over. */
function countText(runs: readonly MeasuredRun[], wanted: WantedRuns['runs']): string {
  if (wanted.some(({ series }) => series !== null)) return `${runs.length} runs`;
  return `${runs.length} of ${wanted.length} ${wanted.length === 1 ? 'run' : 'runs'}`;
}

function verdictsOfRun({ measured, head }: JudgedRun): ThresholdResult[] {
  return measured.isJudged ? verdictsOf(head) : [];
}

function outcomeLines({ measured, head }: JudgedRun): string[] {
  const { place, cancelled, sessions, total, failed, warnings, firstFailure } = measured;
  const outcome = cancelled
    ? `STOPPED after ${sessions} of ${total} sessions; what was measured is saved.`
    : `Measured ${sessions} of ${total} sessions; ${failed} failed or broke off.`;
  return [
    `${outcome} Saved: ${place.uri}`,
    ...(firstFailure === null ? [] : [`First failure: ${plainText(firstFailure, 400)}`]),
    ...warnings.map((warning) => `! ${plainText(warning, 400)}`),
    ...verdictLines(verdictsOfRun({ measured, head })),
  ];
}
