/** The tools, without what describes them: registering them must load nothing. */
export const toolNames = [
  'rtbench_list_endpoints',
  'rtbench_list_runs',
  'rtbench_run_benchmark',
  'rtbench_get_run_summary',
  'rtbench_compare_runs',
] as const;

export type ToolName = (typeof toolNames)[number];

export function isToolName(name: string): name is ToolName {
  return (toolNames as readonly string[]).includes(name);
}
