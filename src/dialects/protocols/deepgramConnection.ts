import * as z from 'zod';
import type { TranscriptEvent } from '../../trace/transcriptEvent.ts';
import { bearerHeader } from '../bearerHeader.ts';
import type { ConnectionEnd } from '../dialect.ts';

/** What Deepgram's two protocols have in common, beside their messages. */

export const deepgramAudioFormat = { encoding: 'pcm_s16le', sampleRateHz: 16_000 } as const;

/** Keys go as `Token`, tokens that live for a short time as `Bearer`. */
export const deepgramAuth = z.enum(['token', 'bearer']).default('token');

export const deepgramRemedies: readonly (readonly [string, string])[] = [
  ['DATA-0000', 'The audio could not be read: check encoding and sample_rate in the address.'],
  ['NET-0000', 'The service failed: try again later.'],
  ['NET-0001', 'No audio came in time: check the network and whether this computer was busy.'],
];

/** @throws BenchError `request_invalid` when the key cannot travel in a header. */
export function deepgramHeaders(
  apiKey: string | null,
  auth: z.infer<typeof deepgramAuth>,
): Record<string, string> {
  const { Authorization: bearer } = bearerHeader(apiKey);
  if (bearer === undefined) return {};
  return { Authorization: auth === 'bearer' ? bearer : bearer.replace('Bearer', 'Token') };
}

/** Whether the server closed because all is said. */
export function isDeepgramEnd({ code }: ConnectionEnd): boolean {
  return code === 1000 || code === 1005;
}

/** Policies, protocol, the server's own failures; anything else broke off. */
const failureCodes = new Set([1002, 1003, 1008, 1009, 1011]);
/** As `NET-0001`, or in the address of the page that explains it. */
const errorName = /\b(DATA|NET)-?(\d{4})\b/i;

/** What went wrong, which the close frame alone says. Empty for other ends. */
export function deepgramFailure({ code, reason }: ConnectionEnd): TranscriptEvent[] {
  const [, area, number] = errorName.exec(reason) ?? [];
  if (area === undefined && !failureCodes.has(code)) return [];
  const name = area === undefined ? String(code) : `${area.toUpperCase()}-${number ?? ''}`;
  const message = reason === '' ? `close code ${code}` : reason;
  return [{ type: 'error', code: name, message, fatal: true }];
}
