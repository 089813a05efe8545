import type { Plan } from './plan.ts';

/** A plan with another path for each file and folder that it names. */
export function withPaths<Some extends Pick<Plan, 'dataset' | 'load'>>(
  plan: Some,
  pathOf: (path: string) => string,
): Some {
  const { dataset, load } = plan;
  return {
    ...plan,
    dataset: { ...dataset, path: pathOf(dataset.path) },
    load: load.kind === 'trace' ? { ...load, path: pathOf(load.path) } : load,
  };
}
