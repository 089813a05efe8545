import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { redactUrl } from '../common/redactUrl.ts';
import { sanitiseText } from './sanitiseText.ts';
import { TransportError } from './transportError.ts';

const longestBodyBytes = 8192;
/** Deepgram says here what was wrong, and what its support wants to be told. */
const tellingHeaders = ['dg-error', 'dg-request-id'];

/** The first bytes of a response's body as text. Never rejects: a cut body is what came of it. */
async function readBody(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      parts.push(part);
      bytes += part.length;
      if (bytes >= longestBodyBytes) {
        break;
      }
    }
  } catch {
    // The status line alone already says that the upgrade was refused.
  }
  return Buffer.concat(parts).subarray(0, longestBodyBytes).toString('utf8');
}

function remedyOf(status: number, task: string): string | undefined {
  const remedies: Record<number, string> = {
    400: 'Check the model, the language and the options.',
    401: 'Check the API key.',
    // The common Python servers say so of a WebSocket path that they do not have, too.
    403: `Check the API key, the path of the URL, and that the loaded model supports ${task}.`,
    404: `Check the path of the URL, and that the loaded model supports ${task}.`,
    405: 'Check the path of the URL: something else is asked for there.',
    413: "The audio exceeds the server's limit: raise it there or leave the longest items out.",
    422: 'Check the model, the language and the options.',
    429: 'The server limits its sessions or requests: lower the concurrency or wait.',
    503: 'The server is full, starting or stopping: lower the concurrency or try again.',
  };
  return remedies[status];
}

/**
 * What can be done about an HTTP status.
 * @param location where a redirect points.
 * @param task what the server was asked for.
 */
export function statusRemedy(
  status: number,
  location?: string,
  task = 'realtime transcription',
): string {
  if (status >= 300 && status < 400 && location !== undefined) {
    return `It points to ${sanitiseText(redactUrl(location))}: use that address if you trust it.`;
  }
  return remedyOf(status, task) ?? "The server's own log may say why.";
}

/** What headers of a refusal say beside its body. */
function saidInHeaders({ headers }: IncomingMessage): string {
  const said = tellingHeaders.flatMap((name) => {
    const value = sanitiseText(String(headers[name] ?? ''));
    return value === '' ? [] : [`${name}: ${value}`];
  });
  return said.length === 0 ? '' : ` (${said.join(', ')})`;
}

/** The error for a server that answered the upgrade with a plain HTTP response. */
export async function upgradeRefusal(
  host: string,
  response: IncomingMessage,
): Promise<TransportError> {
  const status = response.statusCode ?? 0;
  const body = sanitiseText(await readBody(response));
  const title = sanitiseText(`HTTP ${status} ${response.statusMessage ?? ''}`);
  return new TransportError(
    'upgrade_refused',
    String(status),
    `${host} refused the WebSocket upgrade with ${title}${body === '' ? '' : `: ${body}`}` +
      `${saidInHeaders(response)}. ` +
      statusRemedy(status, response.headers.location),
  );
}

const said = z.union([
  z.object({ error: z.object({ message: z.string() }) }).transform(({ error }) => error.message),
  z.object({ error: z.string() }).transform(({ error }) => error),
  z.object({ message: z.string() }).transform(({ message }) => message),
  z.object({ detail: z.string() }).transform(({ detail }) => detail),
]);

/** The sentence in an error's body where that is JSON of a usual shape, else all of it. */
function messageIn(body: string): string {
  try {
    return said.catch(body).parse(JSON.parse(body));
  } catch {
    return body;
  }
}

/** The error for a server that answered a request for a transcription with a status of failure. */
export function httpRefusal(
  host: string,
  { statusCode = 0, statusMessage = '', headers }: IncomingMessage,
  body: string,
): TransportError {
  const message = sanitiseText(messageIn(body)) || sanitiseText(statusMessage) || 'no reason given';
  const remedy = statusRemedy(statusCode, headers.location, 'transcription');
  return new TransportError(
    'upgrade_refused',
    String(statusCode),
    `${host} answered HTTP ${statusCode}: ${message.replace(/\.$/, '')}. ${remedy}`,
  );
}
