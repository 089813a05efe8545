/** What is known of an endpoint since the window opened. */
export type EndpointState =
  | { kind: 'unknown' }
  | { kind: 'testing' }
  | { kind: 'reachable'; connectMs: number; readyMs: number; model: string | null }
  | { kind: 'unreachable'; message: string }
  | { kind: 'needsKey'; message: string };

export type EmbeddedState =
  | { kind: 'stopped' }
  | { kind: 'starting' }
  | { kind: 'running'; url: string; model: string }
  | { kind: 'failed'; message: string };
