/** The tools, without what describes them: registering them must load nothing. */
export const toolNames = [
  'rtbench_list_endpoints',
  'rtbench_list_runs',
  'rtbench_list_plans',
  'rtbench_run_benchmark',
  'rtbench_run_plan',
  'rtbench_get_run_summary',
  'rtbench_compare_runs',
] as const;

export type ToolName = (typeof toolNames)[number];

/** Those that send audio and write files; the others only read. */
export type MeasuringTool = 'rtbench_run_benchmark' | 'rtbench_run_plan';

export function isMeasuring(name: ToolName): name is MeasuringTool {
  return name === 'rtbench_run_benchmark' || name === 'rtbench_run_plan';
}
