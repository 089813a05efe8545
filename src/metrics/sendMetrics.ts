import type { Pacing, SessionTrace } from '../trace/sessionTrace.ts';
import { missing, type Measured } from './missingValue.ts';
import { percentile, sortedValues } from './statistics/percentile.ts';

export type PacingQuality = 'ok' | 'degraded' | 'invalid';

export interface SendMetrics {
  pacing_quality: Measured<PacingQuality>;
  send_backlog_bytes: Measured;
}

/** How late each chunk left, in milliseconds: a check of this computer, not of the server. */
export function sendLatenessesMs({ chunks }: SessionTrace): number[] {
  return chunks.map((chunk) => (chunk.sentUs - chunk.dueUs) / 1000);
}

export function sendMetrics(trace: SessionTrace): SendMetrics {
  const { chunks, audio } = trace;
  return {
    pacing_quality: pacingQuality(sendLatenessesMs(trace), audio.pacing),
    send_backlog_bytes:
      chunks.length === 0
        ? missing('no_audio_sent')
        : chunks.reduce((most, chunk) => Math.max(most, chunk.queuedBytes), 0),
  };
}

/** `ok` while 99 % of the chunks leave within a tenth of a chunk, `invalid` beyond a half. */
export function pacingQuality(
  latenessesMs: readonly number[],
  { mode, speed, chunkMs }: Pacing,
): Measured<PacingQuality> {
  if (mode === 'burst') return missing('burst_pacing');
  const p99 = percentile(sortedValues(latenessesMs), 0.99);
  if (p99 === null) return missing('no_audio_sent');
  const share = p99 / (chunkMs / speed);
  if (share <= 0.1) return 'ok';
  return share <= 0.5 ? 'degraded' : 'invalid';
}
