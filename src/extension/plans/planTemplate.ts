/** What a new plan begins with. */
export interface PlanDraft {
  name: string;
  endpoints: readonly string[];
  /** Relative to the plan, or `bundled`. */
  dataset: string;
}

/** The text of a new plan, with comments that say what else there is. */
export function planTemplate({ name, endpoints, dataset }: PlanDraft): string {
  return `{
  "name": ${JSON.stringify(name)},
  // By name, as configured, or defined here with "id", "url" and "dialect".
  "endpoints": [${endpoints.map((each) => JSON.stringify(each)).join(', ')}],
  // Manifests, folders or audio files, relative to this file. "bundled" comes with RTBench.
  "datasets": [${JSON.stringify(dataset)}],
  // One run for each: how many sessions at once, or other loads. "find_capacity" looks for the most.
  "profiles": [{ "kind": "concurrent", "sessions": 1 }],
  "repeats": 1,
  // Sessions for each endpoint before those that are measured.
  "warmUp": 1,
  // What a run must reach: metric, statistic, limit.
  "thresholds": ["ttft.p50 <= 1 s"],
  "outputFolder": "benchmarks",
}
`;
}

/** A name as a file may have it. */
export function planFileName(name: string): string {
  const stem = name.replaceAll(/[^\p{L}\p{N}.]+/gu, '-').replace(/^[-.]+|-+$/g, '');
  return `${stem === '' ? 'plan' : stem.slice(0, 80)}.rtplan.json`;
}
