import { startScriptedVllmServer, type ScriptedVllmServer } from './scriptedVllmServer.ts';
import type { VllmScript } from './vllmScript.ts';

/** A server that turns sessions away beyond so many at once. */
export function startServerThatHolds(
  sessions: number,
  script: Partial<VllmScript> = {},
): Promise<ScriptedVllmServer> {
  const connections: ScriptedVllmServer['connections'] = [];
  const next = (): Partial<VllmScript> => {
    const open = connections.filter(({ clientClose }) => clientClose === null);
    if (open.length >= sessions) return { refuse: { status: 503, body: 'All slots are taken.' } };
    // Long enough that sessions which start together overlap.
    return { finalDelayMs: 300, ...script };
  };
  return startScriptedVllmServer(next, { connections });
}
