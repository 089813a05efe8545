import type { SessionTrace } from '../trace/sessionTrace.ts';
import type { TimelineAxis } from './axis.ts';
import { numberColumn } from './numberColumn.ts';
import type { TimelineChunks } from './timelineSession.ts';

/** The audio as it was sent, one value per chunk. */
export function chunkColumns({ audio, chunks }: SessionTrace, axis: TimelineAxis): TimelineChunks {
  const msOf = (samples: number) => (samples / audio.sampleRateHz) * 1000;
  return {
    sentMs: numberColumn(chunks, (chunk) => axis.toMs(chunk.sentUs)),
    dueMs: numberColumn(chunks, (chunk) => axis.toMs(chunk.dueUs)),
    startMs: numberColumn(chunks, (chunk) => msOf(chunk.startSample)),
    endMs: numberColumn(chunks, (chunk) => msOf(chunk.endSample)),
    queuedBytes: numberColumn(chunks, (chunk) => chunk.queuedBytes),
  };
}
