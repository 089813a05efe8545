import { formatPercent } from '../../common/formatPercent.ts';
import type { RunVerdict } from '../compareEditor/compareReaderMessages.ts';
import type { EndpointHeadline, RunHeadline } from '../../runlist/headlineFigures.ts';
import { plainVerdict, shortVerdict, verdictIcon } from './presentVerdict.ts';
import { relativeTime } from './relativeTime.ts';

/** How a run stands to others of its plan. */
export interface RunStanding {
  isStarred: boolean;
  /** Against the starred run; null where there is none, or it is not known yet. */
  verdict: RunVerdict | null;
}

const noStanding: RunStanding = { isStarred: false, verdict: null };

export interface RunIcon {
  /** Codicon id. */
  id: string;
  /** Theme colour; null for that of the text. */
  colour: string | null;
}

/** A run as the tree shows it. */
export interface RunPresentation {
  label: string;
  description: string;
  tooltip: string;
  icon: RunIcon;
  accessibleLabel: string;
}

/** How a run is shown; `nowMs` is the wall clock. */
export function presentRun(
  run: RunHeadline,
  nowMs: number,
  { isStarred, verdict }: RunStanding = noStanding,
): RunPresentation {
  const age = relativeTime(run.startedAtMs, nowMs);
  const circumstances = [sessionsText(run), ...status(run), age];
  const star = isStarred ? ['baseline'] : [];
  const judged = verdict ? [shortVerdict(verdict)] : star;
  const spoken = verdict ? [`against the baseline: ${plainVerdict(verdict)}`] : star;
  return {
    label: run.title,
    description: [...judged, ...figures(run.endpoints), ...circumstances].join(' · '),
    tooltip: [
      run.title,
      `Dataset: ${run.datasetName}`,
      ...run.endpoints.map(endpointLine),
      [sessionsText(run), ...status(run)].join(', '),
      new Date(run.startedAtMs).toLocaleString(),
      ...(isStarred ? ['Starred as the baseline of its endpoints and dataset'] : []),
      ...(verdict ? [`Against the baseline: ${verdict.verdict}. ${verdict.text}`] : []),
    ].join('\n'),
    icon: runIcon(run, isStarred, verdict),
    accessibleLabel: [
      run.title,
      ...spoken,
      ...run.endpoints.map(endpointLine),
      ...circumstances,
    ].join(', '),
  };
}

function runIcon(run: RunHeadline, isStarred: boolean, verdict: RunVerdict | null): RunIcon {
  if (isStarred) return { id: 'star-full', colour: 'charts.yellow' };
  if (verdict) return verdictIcon(verdict.verdict);
  return { id: run.partialBecause === null ? 'graph' : 'circle-slash', colour: null };
}

/** How a group of runs with the same endpoints and dataset is called. */
export function planLabel({ endpoints, datasetName }: RunHeadline): string {
  const names = endpoints.map(({ id }) => id).join(', ');
  return names === '' ? datasetName : `${names} on ${datasetName}`;
}

/** Endpoints in the run's order share one label: `WER 4.2 / 6.1 %`. Three at most: it is a line. */
function figures(endpoints: readonly EndpointHeadline[]): string[] {
  if (endpoints.length > 3) return [`${endpoints.length} endpoints`];
  const rates = endpoints.flatMap(({ textRate }) => (textRate === null ? [] : [textRate]));
  const labels = [...new Set(rates.map(({ label }) => label))];
  const texts = labels.map((label) => {
    const values = rates.filter((rate) => rate.label === label);
    return `${label} ${values.map(({ value }) => formatPercent(value)).join(' / ')}`;
  });
  const ttfts = endpoints.flatMap(({ ttftP50Ms }) => (ttftP50Ms === null ? [] : [ttftP50Ms]));
  return ttfts.length === 0
    ? texts
    : [...texts, `TTFT ${ttfts.map((ms) => Math.round(ms)).join(' / ')} ms`];
}

function endpointLine({ id, model, textRate, ttftP50Ms }: EndpointHeadline): string {
  const name = model === null || model === id ? id : `${id} (${model})`;
  const rate = textRate === null ? 'no text score' : textRateText(textRate);
  const ttft = ttftP50Ms === null ? 'no text came' : `TTFT p50 ${Math.round(ttftP50Ms)} ms`;
  return `${name}: ${rate}, ${ttft}`;
}

function textRateText({ label, value }: NonNullable<EndpointHeadline['textRate']>): string {
  return `${label} ${formatPercent(value)}`;
}

function sessionsText({ sessions }: RunHeadline): string {
  return sessions === 1 ? '1 session' : `${sessions} sessions`;
}

function status({ partialBecause, failedSessions }: RunHeadline): string[] {
  const failed = failedSessions === 0 ? [] : [`${failedSessions} failed`];
  switch (partialBecause) {
    case null:
      return failed;
    case 'cancelled':
      return [...failed, 'stopped early'];
    case 'recovered':
      return [...failed, 'recovered'];
    case 'failed':
      return [...failed, 'ended early'];
  }
}
