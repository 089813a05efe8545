import type { Plan } from '../plan/plan.ts';
import type { SeriesPlace } from '../plan/series.ts';
import type { DatasetProblem, Utterance } from '../dataset/utterance.ts';
import type { SessionTrace } from '../trace/sessionTrace.ts';

/** A plan's traces and the circumstances they were taken in. Figures are computed from it. */
export interface Run {
  info: RunInfo;
  plan: Plan;
  dataset: RunDataset;
  endpoints: RunEndpoint[];
  environment: Environment;
  utterances: RunUtterance[];
  sessions: RunSession[];
}

export interface RunInfo {
  id: string;
  title: string;
  notes: string;
  /** Wall clock at the run's time zero, ISO 8601; for display only, never for durations. */
  startedAt: string;
  durationUs: number;
  /** `partial`: some planned sessions did not run to their end. */
  completeness: 'complete' | 'partial';
  /** Why it is partial; null when complete. */
  partialBecause: 'cancelled' | 'recovered' | 'failed' | null;
  plannedSessions: number;
  /** Version of RTBench that measured. */
  rtbenchVersion: string;
  /** The series of runs that this is one of; absent where it stands by itself. */
  series?: SeriesPlace;
}

export interface RunDataset {
  name: string;
  format: string;
  problems: DatasetProblem[];
}

/** What is known of an endpoint beyond the plan. */
export interface RunEndpoint {
  id: string;
  /** Where it was reached, without secrets. */
  url: string;
  model: string | null;
  /** What the endpoint says of itself, for example runtime, threads, model hash, load time. */
  metadata: Record<string, string | number | boolean | null>;
}

export interface Environment {
  /** The program that asked for the run; absent: the command line. */
  host?: string;
  /** Origin of the proxy that endpoints were reached through; null where none was. */
  proxy: string | null;
  nodeVersion: string;
  platform: string;
  osRelease: string;
  arch: string;
  cpuModel: string;
  cpuCores: number;
  memoryBytes: number;
  loadAverage: number;
  /** How far the measuring process's clock can be trusted; null where the run was interrupted. */
  clock: ClockQuality | null;
}

/** How late the measuring process's own event loop ran, on which timestamps are taken. */
export interface ClockQuality {
  eventLoopDelayP50Us: number;
  eventLoopDelayP99Us: number;
  eventLoopDelayMaxUs: number;
}

/** An utterance as it was sent. */
export interface RunUtterance extends Utterance {
  durationMs: number;
  /** Of the audio file's bytes; null when it could not be read. */
  sha256: string | null;
  audioFormat: string | null;
}

export interface RunSession {
  id: string;
  endpointId: string;
  utteranceId: string;
  /** 0-based. */
  repeat: number;
  trace: SessionTrace;
}
