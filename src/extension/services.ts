import type * as vscode from 'vscode';
import type { Measurement } from '../runner/measurement.ts';
import type { RunningEndpoint } from '../runner/openEndpoints.ts';
import type { ConfiguredEndpoint } from '../settings/configuredEndpoint.ts';
import type { Baselines } from './baselines/baselines.ts';
import type { LiveRuns } from './benchmark/liveRuns.ts';
import type { RunIndex } from './runs/runIndex.ts';
import type { Playheads } from './timeline/playheads.ts';

export type { ConfiguredEndpoint };

export interface EndpointService {
  /** The usable entries of the setting; what is wrong with the others is reported once. */
  list(): Promise<ConfiguredEndpoint[]>;
  /** The stored key, undefined where there is none for the origin that the endpoint has now. */
  apiKey(endpoint: ConfiguredEndpoint): Promise<string | undefined>;
  readonly onDidChange: vscode.Event<void>;
}

/** The embedded endpoint for a while. */
export interface EmbeddedLoan {
  endpoint: Promise<RunningEndpoint>;
  /** Stops it, unless somebody else wants it by now or did before. */
  giveBack(): Promise<void>;
}

export interface EmbeddedService {
  running(): RunningEndpoint | null;
  /** Resolves when it listens; starts it only once. It goes on running. */
  start(): Promise<RunningEndpoint>;
  /** Starts it where it does not run, to leave it as it was found afterwards. */
  lend(): EmbeddedLoan;
  stop(): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
}

/** What the parts of the extension share. */
export interface Services {
  context: vscode.ExtensionContext;
  log: vscode.LogOutputChannel;
  endpoints: EndpointService;
  embedded: EmbeddedService;
  /** Lets one measurement run at a time. */
  measurement: Measurement;
  live: LiveRuns;
  runs: RunIndex;
  baselines: Baselines;
  playheads: Playheads;
}
