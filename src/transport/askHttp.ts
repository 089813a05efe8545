import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { tunnelTo } from './proxyTunnel.ts';
import type { ProxyTunnel } from './proxyTunnel.ts';

const longestAnswerBytes = 16 * 1024 * 1024;

export interface HttpQuestion {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  /** For all of it, the answer's last byte included. */
  timeoutMs: number;
  /** Gives up asking. */
  signal?: AbortSignal;
  /** Origin of the proxy to go through, except to this computer itself; null for none. */
  proxy: string | null;
}

export interface HttpAnswer {
  status: number;
  /** Cut where it is endless. */
  body: string;
}

/**
 * One request on a connection of its own. A redirect is not followed: it could carry a key to
 * another host.
 * @throws the system's error, a `TimeoutError`, a TransportError of the proxy, or what `signal`
 * was aborted with.
 */
export async function askHttp(question: HttpQuestion): Promise<HttpAnswer> {
  const timeout = AbortSignal.timeout(Math.max(1, Math.floor(question.timeoutMs)));
  const signal = question.signal ? AbortSignal.any([timeout, question.signal]) : timeout;
  const tunnel = tunnelTo(question.url, question.proxy);
  // A request without a socket does not end before it has one.
  const close = () => tunnel?.close();
  signal.addEventListener('abort', close);
  try {
    signal.throwIfAborted();
    const response = await send(question, signal, tunnel);
    return { status: response.statusCode ?? 0, body: await textOf(response) };
  } catch (error) {
    if (!signal.aborted) throw error;
    // What an abort breaks fails with errors of its own.
    const late = signal.reason === timeout.reason ? tunnel?.timeout(question.timeoutMs) : null;
    throw late ?? signal.reason;
  } finally {
    signal.removeEventListener('abort', close);
  }
}

function send(
  { url, method, headers, body }: HttpQuestion,
  signal: AbortSignal,
  tunnel: ProxyTunnel | null,
): Promise<IncomingMessage> {
  const request = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const allHeaders = { Accept: '*/*', ...headers };
    const agent = tunnel?.agent ?? false;
    request(url, { method, headers: allHeaders, agent, signal })
      .on('response', resolve)
      .on('error', reject)
      .end(body);
  });
}

async function textOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part);
    bytes += part.length;
    if (bytes >= longestAnswerBytes) break;
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}
