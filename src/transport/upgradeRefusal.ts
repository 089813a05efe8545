import type { IncomingMessage } from 'node:http';
import { redactUrl } from '../common/redactUrl.ts';
import { sanitiseText } from './sanitiseText.ts';
import { TransportError } from './transportError.ts';

const longestBodyBytes = 8192;

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

const remedyOfStatus = new Map([
  [401, 'Check the API key.'],
  [403, 'Check the API key, and that the loaded model supports realtime transcription.'],
  [404, 'Check the path of the URL, and that the loaded model supports realtime transcription.'],
  [429, 'The server limits its sessions or requests: lower the concurrency or wait.'],
  [503, 'The server is full, starting or stopping: lower the concurrency or try again.'],
]);

/** What can be done about an HTTP status. `location` is where a redirect points. */
export function statusRemedy(status: number, location?: string): string {
  if (status >= 300 && status < 400 && location !== undefined) {
    return `It points to ${sanitiseText(redactUrl(location))}: use that address if you trust it.`;
  }
  return remedyOfStatus.get(status) ?? "The server's own log may say why.";
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
    `${host} refused the WebSocket upgrade with ${title}${body === '' ? '' : `: ${body}`}. ` +
      statusRemedy(status, response.headers.location),
  );
}
