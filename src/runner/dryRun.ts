import { formatDuration } from '../common/formatDuration.ts';
import { embeddedUrl } from '../plan/embeddedUrl.ts';
import type { Plan, PlanEndpoint } from '../plan/plan.ts';
import { datasetLabel } from './runName.ts';

/** How much speech a dataset holds. */
export interface DatasetAmount {
  utterances: number;
  audioMs: number;
  /** False where the length of some files was estimated. */
  exact: boolean;
}

/** What a run would send, in words: shown before anything is sent. */
export interface DryRun {
  /** For example `12 sessions, 1:48 of audio`. */
  amount: string;
  /** Who gets what, and how. */
  detail: string;
}

export function dryRun(plan: Plan, amount: DatasetAmount): DryRun {
  const { endpoints, repeats, dataset, load, pacing } = plan;
  const utterances = Math.min(amount.utterances, dataset.limit ?? Infinity);
  const sessions = utterances * endpoints.length * repeats;
  // A limit takes the first utterances, whose share of the audio is not known.
  const share = amount.utterances === 0 ? 0 : utterances / amount.utterances;
  const audioMs = amount.audioMs * share * endpoints.length * repeats;
  const exact = amount.exact && share === 1;
  const about = exact ? '' : 'about ';
  const noun = sessions === 1 ? 'session' : 'sessions';
  const parts = [endpoints.map(recipient).join(', '), datasetLabel(dataset.path), pacingText(plan)];
  if (pacing.mode !== 'burst') {
    const tookMs = audioMs / pacing.speed / Math.min(load.sessions, Math.max(1, sessions));
    parts.push(`takes about ${formatDuration(tookMs)}`);
  }
  return {
    amount: `${sessions} ${noun}, ${about}${formatDuration(Math.round(audioMs))} of audio`,
    detail: parts.join(' · '),
  };
}

/** Name and host: audio goes there. */
function recipient({ id, url }: PlanEndpoint): string {
  const host = url !== embeddedUrl && URL.canParse(url) ? new URL(url).host : id;
  return host === id ? id : `${id} (${host})`;
}

function pacingText({ pacing, load }: Plan): string {
  const speed = pacing.speed === 1 ? 'real time' : `${pacing.speed} × real time`;
  const pace = pacing.mode === 'burst' ? 'as fast as possible' : speed;
  return load.sessions === 1 ? `${pace}, one at a time` : `${pace}, ${load.sessions} at once`;
}
