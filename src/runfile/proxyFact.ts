import { proxyFor } from '../common/proxyAddress.ts';
import type { Run } from './run.ts';

/** By which proxy a run reached which endpoints, for people; null where it went straight. */
export function proxyFact({ environment, plan }: Run): string | null {
  const { proxy } = environment;
  if (proxy === null) return null;
  const through = plan.endpoints.filter(({ url }) => proxyFor(url, proxy) !== null);
  if (through.length === plan.endpoints.length) return proxy;
  return `${proxy} (to ${through.map(({ id }) => id).join(', ')})`;
}
