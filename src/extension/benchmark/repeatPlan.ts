import { redactUrl } from '../../common/redactUrl.ts';
import type { Plan, PlanEndpoint } from '../../plan/plan.ts';
import type { ConfiguredEndpoint } from '../services.ts';

/**
 * A saved plan, ready to be run again. Run files hold addresses without their secrets; an endpoint
 * that is still configured under the same name and address gets its own back. Which variable of the
 * environment holds a key is no file's to say here: it could be sent to an address of that file.
 */
export function repeatPlan(saved: Plan, configured: readonly ConfiguredEndpoint[]): Plan {
  const endpoints = saved.endpoints.map((endpoint) => {
    const known = configured.find((candidate) => isSame(endpoint, candidate));
    return { ...endpoint, url: known?.url ?? endpoint.url, apiKeyEnv: null };
  });
  return { ...saved, endpoints };
}

function isSame({ id, url }: PlanEndpoint, candidate: ConfiguredEndpoint): boolean {
  return candidate.name === id && redactUrl(candidate.url) === redactUrl(url);
}
