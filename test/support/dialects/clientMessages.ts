import type { WireFrame } from './dialectServer.ts';

/**
 * What a client said, to compare with what another client said: messages as values, audio as
 * `(audio)`, and messages that repeat each other once.
 */
export function clientMessages(wire: readonly WireFrame[]): unknown[] {
  const messages = wire.filter(({ from }) => from === 'client').map(({ data }) => valueOf(data));
  return messages.filter((message, at) => {
    return at === 0 || JSON.stringify(message) !== JSON.stringify(messages[at - 1]);
  });
}

function valueOf(data: string | Buffer): unknown {
  if (typeof data !== 'string') return data.length === 0 ? '(empty frame)' : '(audio)';
  try {
    return JSON.parse(data, (_, value: unknown) =>
      typeof value === 'string' && /^[A-Za-z0-9+/]{64,}={0,2}$/.test(value) ? '(audio)' : value,
    );
  } catch {
    return data;
  }
}
