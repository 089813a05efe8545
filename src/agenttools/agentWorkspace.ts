import type { PlannedRun } from '../planfile/plansOf.ts';
import type { DescribedDataset } from '../runner/dryRun.ts';
import type { ListedHeadline } from '../runlist/listedHeadline.ts';
import type { ConfiguredEndpoint } from '../settings/configuredEndpoint.ts';

/** A run file that may be read. */
export interface RunPlace {
  /** Path within the workspace, for people and as input of other tools. */
  label: string;
  uri: string;
  /** Absolute path. */
  file: string;
}

export interface AgentEndpoints {
  endpoints: ConfiguredEndpoint[];
  /** What is wrong with entries that cannot be used; repeats no secret. */
  problems: string[];
}

export interface AgentRun extends RunPlace {
  content: ListedHeadline;
}

/** A plan file as it is now. */
export interface PlanText {
  /** Path within the workspace, for people. */
  label: string;
  /** Absolute path. */
  file: string;
  text: string;
}

/** A run that is to be measured, or a series of runs. */
export interface RunWanted extends PlannedRun {
  /** Absolute path of where it is saved; null: where the settings say. */
  folder: string | null;
}

/** How a measurement goes, for those who wait. */
export interface MeasureProgress {
  done: number;
  /** 0 before the first session starts. */
  total: number;
  /** For example `session 5/12 · TTFT p50 612 ms`. */
  text: string;
}

export interface Measured {
  place: RunPlace;
  cancelled: boolean;
  /** Sessions that ended. */
  sessions: number;
  /** That were planned. */
  total: number;
  failed: number;
  warnings: string[];
  /** What the first failed session said; may be hostile. */
  firstFailure: string | null;
}

export interface MeasuredRun extends Measured {
  /** False for a run of a series whose load was only tried: thresholds are not held against it. */
  isJudged: boolean;
}

/** What became of runs that were to be measured, one after the other. */
export interface MeasuredRuns {
  /** Those that were saved; not empty. */
  runs: MeasuredRun[];
  /** What series found out, in words. */
  outcomes: string[];
  /** Why one could not be measured, and those behind it were not; null where all were. */
  problem: string | null;
}

/** How a measurement is stopped and followed. */
export interface MeasureCall {
  /** Stops the work; what was measured is kept. */
  signal: AbortSignal;
  onProgress: (progress: MeasureProgress) => void;
}

/** How a tool is called, whoever calls it. */
export interface ToolCall extends MeasureCall {
  /** Throws a BenchError for other runs than those that the user was asked about. */
  requireAllowed: (runs: readonly RunWanted[]) => void;
}

/**
 * What the tools work on: VS Code's workspace, or the folder of an MCP server. All that differs
 * between the two is behind it; every path given to it is checked there.
 */
export interface AgentWorkspace {
  endpoints(): Promise<AgentEndpoints>;
  /** All run files, in any order. */
  runs(): Promise<AgentRun[]>;
  /** Throws a BenchError for what is no run file, or lies outside. */
  findRun(text: string): Promise<RunPlace>;
  /** JSON of a run without utterances and sessions. */
  readHead(place: RunPlace): Promise<unknown>;
  /** Absolute path of a dataset or of the bundled speech. Throws a BenchError as findRun does. */
  findDataset(text: string): Promise<string>;
  /** Absolute path of a file that a plan names. Throws a BenchError as findRun does. */
  findFile(text: string): Promise<string>;
  /** What a dataset holds, by its absolute path. Throws a BenchError where it is none. */
  amountOf(dataset: string): Promise<DescribedDataset>;
  /** Labels of all plan files, sorted. */
  plans(): Promise<string[]>;
  /** Throws a BenchError for what is no plan file, or lies outside. */
  readPlan(text: string): Promise<PlanText>;
  /** Absolute path of a folder to save in, which need not exist. Throws where it lies outside. */
  findOutput(folder: string): Promise<string>;
  /** Settings that become part of a plan. */
  planSettings(dataset: string): Promise<PlanDefaults>;
  /** Measures runs in turn and saves each. Throws a BenchError where none was saved. */
  measure(runs: readonly RunWanted[], call: MeasureCall): Promise<MeasuredRuns>;
  /** The report of a comparison, the baseline first. Throws at once when it is stopped. */
  compare(places: readonly RunPlace[], signal: AbortSignal): Promise<string>;
}

export interface PlanDefaults {
  chunkMs: number;
  textProfile: string;
  /** The environment variable with an endpoint's API key; null where keys go another way. */
  apiKeyEnv: (endpoint: Pick<ConfiguredEndpoint, 'url'>) => string | null;
}
