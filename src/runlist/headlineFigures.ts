/** What the Runs view shows of a run. */
export interface RunHeadline {
  /** Of the run; copies of its file have the same. */
  runId: string;
  title: string;
  /** Epoch milliseconds of the run's start. */
  startedAtMs: number;
  /** Null when complete. */
  partialBecause: 'cancelled' | 'recovered' | 'failed' | null;
  datasetName: string;
  endpoints: EndpointHeadline[];
  /** Of all endpoints. */
  sessions: number;
  failedSessions: number;
  /** How the speech was sent, for example `real time, 2 at once`. */
  pace: string;
  /** Equal for runs of the same endpoints over the same dataset, sent in the same way. */
  planKey: string;
}

/** The headline figures of one endpoint of a run. */
export interface EndpointHeadline {
  id: string;
  model: string | null;
  /** `WER` or another rate; null without references. */
  textRate: { label: string; value: number } | null;
  ttftP50Ms: number | null;
}
