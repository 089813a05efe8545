import type { Load } from '../plan/load.ts';

/** What a run of a series showed. */
export interface MeasuredStep {
  load: Load;
  /** Sessions finished per second; null where none was. */
  sessionsPerS: number | null;
  /** Different utterances that were sent. */
  utterances: number;
  /** What the endpoint was to reach and did not, in words; empty: it holds this load. */
  missed: string[];
}
