import type { ProbeResult } from '../../runner/probeMessages.ts';
import type { EndpointState } from './endpointState.ts';

/** What a probe's result says of an endpoint. */
export function stateOfProbe(result: ProbeResult): EndpointState {
  const { connection, connectionProblem, model } = result;
  if (connection !== null) return { kind: 'reachable', ...connection, model };
  const message = connectionProblem?.message ?? 'The endpoint was not asked for a connection.';
  return connectionProblem?.unauthorised === true
    ? { kind: 'needsKey', message }
    : { kind: 'unreachable', message };
}

/** A warning about a model that the server does not list; null where there is none. */
export function unlistedModel({ models, model }: ProbeResult): string | null {
  if (models === null || model === null || models.includes(model)) return null;
  const shown = models.slice(0, 5).join(', ') + (models.length > 5 ? ', …' : '');
  return `The server does not list the model "${model}"; it lists: ${shown}.`;
}
