import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

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
}

export interface HttpAnswer {
  status: number;
  /** Cut where it is endless. */
  body: string;
}

/**
 * One request on a connection of its own. A redirect is not followed: it could carry a key to
 * another host.
 * @throws the system's error, a `TimeoutError`, or what `signal` was aborted with.
 */
export async function askHttp(question: HttpQuestion): Promise<HttpAnswer> {
  const timeout = AbortSignal.timeout(Math.max(1, Math.floor(question.timeoutMs)));
  const signal = question.signal ? AbortSignal.any([timeout, question.signal]) : timeout;
  try {
    signal.throwIfAborted();
    const response = await send(question, signal);
    return { status: response.statusCode ?? 0, body: await textOf(response) };
  } catch (error) {
    // What an abort breaks fails with errors of its own.
    throw signal.aborted ? signal.reason : error;
  }
}

function send(question: HttpQuestion, signal: AbortSignal): Promise<IncomingMessage> {
  const { url, method, headers, body } = question;
  const request = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const options = { method, headers: { Accept: '*/*', ...headers }, agent: false, signal };
    request(url, options).on('response', resolve).on('error', reject).end(body);
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
