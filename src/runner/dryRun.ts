import { formatDuration } from '../common/formatDuration.ts';
import { embeddedUrl } from '../plan/embeddedUrl.ts';
import { startOffsetsMs } from '../bench/arrivals.ts';
import { whenSummedMs } from '../bench/ramps.ts';
import { isClosed } from '../plan/load.ts';
import { sessionsAtOnce } from '../plan/loadLimits.ts';
import { loadText } from '../plan/loadText.ts';
import type { Plan, PlanEndpoint } from '../plan/plan.ts';
import { repeatsFor } from '../series/stepPlan.ts';
import { stepsAtMost } from '../series/stepsAtMost.ts';
import type { Series } from '../plan/series.ts';
import { datasetLabel } from './runName.ts';

/** How much speech a dataset holds. */
export interface DatasetAmount {
  utterances: number;
  audioMs: number;
  /** False where the length of some files was estimated. */
  exact: boolean;
}

/** What is also known of a dataset that was looked into. */
export interface DescribedDataset extends DatasetAmount {
  problems: string[];
}

/** What a run would send, in words: shown before anything is sent. */
export interface DryRun {
  /** For example `12 sessions, 1:48 of audio`. */
  amount: string;
  /** Who gets what, and how. */
  detail: string;
}

export function dryRun(plan: Plan, amount: DatasetAmount): DryRun {
  return dryRuns([{ plan, amount }]);
}

/** A plan with what its dataset holds. */
export interface DryRunPart {
  plan: Plan;
  amount: DatasetAmount;
  /** Where it is a series of runs; `plan` is the first then. */
  series?: Series | null;
}

/** Several runs, one after the other, of the same endpoints. */
export function dryRuns(parts: readonly DryRunPart[]): DryRun {
  const runs = parts.flatMap(runsOf);
  const loads = runs.map(loadOf);
  const sessions = total(loads.map((load) => load.sessions));
  const audioMs = total(loads.map((load) => load.audioMs));
  const about = loads.every(({ exact }) => exact) ? '' : 'about ';
  const noun = sessions === 1 ? 'session' : 'sessions';
  const upTo = parts.some(({ series }) => series) ? 'up to ' : '';
  const count = runs.length > 1 ? `${upTo}${runs.length} runs, ` : '';
  const plans = parts.map(({ plan }) => plan);
  const shown = [
    plans.map(({ endpoints }) => endpoints.map(recipient).join(', ')),
    plans.map(({ dataset }) => datasetLabel(dataset.path)),
    parts.map(pacingText),
  ].map((texts) => [...new Set(texts)].join(', '));
  const warmUps = total(runs.map(({ plan }) => (plan.warmUp ?? 0) * plan.endpoints.length));
  if (warmUps > 0)
    shown.push(`${warmUps} more ${warmUps === 1 ? 'session' : 'sessions'} to warm up`);
  const took = loads.map(({ tookMs }) => tookMs);
  if (took.every((ms) => ms !== null)) shown.push(`takes about ${formatDuration(total(took))}`);
  return {
    amount: `${count}${upTo}${sessions} ${noun}, ${upTo || about}${formatDuration(Math.round(audioMs))} of audio`,
    detail: shown.join(' · '),
  };
}

/** Of a series the most that it may take; each of its runs is with one endpoint. */
function runsOf({ plan, amount, series = null }: DryRunPart): DryRunPart[] {
  if (series === null) return [{ plan, amount }];
  const utterances = Math.min(amount.utterances, plan.dataset.limit ?? Infinity);
  return plan.endpoints.flatMap((endpoint) =>
    stepsAtMost(series).map((sessions) => {
      const load = { kind: 'concurrent', sessions } as const;
      const repeats = repeatsFor(plan, sessions, utterances);
      return { plan: { ...plan, endpoints: [endpoint], load, repeats }, amount };
    }),
  );
}

interface Load {
  sessions: number;
  audioMs: number;
  exact: boolean;
  /** Null where it depends on the server. */
  tookMs: number | null;
}

function loadOf({ plan, amount }: DryRunPart): Load {
  const { endpoints, repeats, dataset, load, pacing } = plan;
  const utterances = Math.min(amount.utterances, dataset.limit ?? Infinity);
  const sessions = utterances * endpoints.length * repeats;
  // A limit takes the first utterances, whose share of the audio is not known.
  const share = amount.utterances === 0 ? 0 : utterances / amount.utterances;
  const audioMs = amount.audioMs * share * endpoints.length * repeats;
  const sentMs = audioMs / pacing.speed;
  return {
    sessions,
    audioMs,
    exact: amount.exact && share === 1,
    tookMs: pacing.mode === 'burst' ? null : tookMs(load, sessions, sentMs),
  };
}

/** Null where it is known only to a file that was not read. */
function tookMs(load: Plan['load'], sessions: number, sentMs: number): number | null {
  if (load.kind === 'trace') return null;
  const meanMs = sentMs / Math.max(1, sessions);
  if (!isClosed(load)) return (startOffsetsMs(load, sessions).at(-1) ?? 0) + meanMs;
  const sharedMs =
    load.kind === 'ramp' ? whenSummedMs(load, sentMs / 1000) : sentMs / load.sessions;
  return Math.max(meanMs, sharedMs);
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}

/** Name and host: audio goes there. */
function recipient({ id, url }: PlanEndpoint): string {
  const host = url !== embeddedUrl && URL.canParse(url) ? new URL(url).host : id;
  return host === id ? id : `${id} (${host})`;
}

function pacingText({ plan: { pacing, load }, series = null }: DryRunPart): string {
  const speed = pacing.speed === 1 ? 'real time' : `${pacing.speed} × real time`;
  const pace = pacing.mode === 'burst' ? 'as fast as possible' : speed;
  if (series !== null) return `${pace}, ${loadText(series)}`;
  return sessionsAtOnce(load) === 1 ? `${pace}, one at a time` : `${pace}, ${loadText(load)}`;
}
