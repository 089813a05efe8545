import type { IncomingMessage } from 'node:http';

/** The key in a request to Deepgram; a scheme that it does not know makes for no key. */
export function deepgramKeyOf({ headers }: IncomingMessage): string | null {
  return /^(?:Token|Bearer) (.+)$/.exec(headers.authorization ?? '')?.[1] ?? null;
}

/** Why an upgrade was refused stands in headers. */
export const deepgramRefusal = {
  'dg-error': 'Bad Request: no such model/language/tier combination found.',
  'dg-request-id': 'request-1',
};
