import { BenchError } from '../common/benchError.ts';
import type { Pacing, ReceivedMessage, SentChunk, SessionTrace } from '../trace/sessionTrace.ts';
import { soleUnit } from '../trace/transcriptEvent.ts';
import { fromDeltas, fromRuns, toDeltas, toRuns } from './columns.ts';
import type { FileTrace } from './traceSchema.ts';

/** A trace as columns, for a file. {@link traceFromColumns} is its exact inverse. */
export function traceToColumns(trace: SessionTrace): FileTrace {
  const { connection, audio, chunks, received } = trace;
  return {
    scheduledStartUs: trace.scheduledStartUs,
    connection: {
      ...(connection.reused !== undefined && { reused: connection.reused }),
      startUs: connection.startUs,
      openUs: connection.openUs,
      readyUs: connection.readyUs,
      closeUs: connection.closeUs,
      closeCode: connection.closeCode,
      closeReason: connection.closeReason,
    },
    audio: {
      sampleRateHz: audio.sampleRateHz,
      totalSamples: audio.totalSamples,
      originUs: audio.originUs,
    },
    chunks: {
      dueUs: toRuns(toDeltas(chunks.map((chunk) => chunk.dueUs))),
      lateUs: chunks.map((chunk) => chunk.sentUs - chunk.dueUs),
      samples: toRuns(chunks.map((chunk) => chunk.endSample - chunk.startSample)),
      queuedBytes: toRuns(chunks.map((chunk) => chunk.queuedBytes)),
    },
    controls: trace.controls.map(({ sentUs, commit, raw }) => [sentUs, commit, raw]),
    received: {
      atUs: toDeltas(received.map((message) => message.atUs)),
      bytes: received.map((message) => message.bytes),
      text: received.map(plainDelta),
      messages: received.flatMap((message, i): FileTrace['received']['messages'] =>
        plainDelta(message) === null ? [[i, message.events, message.raw]] : [],
      ),
    },
    pings: trace.pings.map(({ sentUs, roundTripUs }) => [sentUs, roundTripUs]),
    failure: trace.failure && {
      atUs: trace.failure.atUs,
      reason: trace.failure.reason,
      code: trace.failure.code,
      message: trace.failure.message,
    },
  };
}

/**
 * The trace that was saved. `pacing` is the plan's.
 * Throws a {@link BenchError} when the columns do not fit each other.
 */
export function traceFromColumns(file: FileTrace, pacing: Pacing): SessionTrace {
  return {
    scheduledStartUs: file.scheduledStartUs,
    connection: file.connection,
    audio: { ...file.audio, pacing },
    chunks: chunksFromColumns(file.chunks),
    controls: file.controls.map(([sentUs, commit, raw]) => ({ sentUs, commit, raw })),
    received: messagesFromColumns(file.received),
    pings: file.pings.map(([sentUs, roundTripUs]) => ({ sentUs, roundTripUs })),
    failure: file.failure,
  };
}

/** Text of a message that says nothing but "append this"; null for every other message. */
function plainDelta(message: ReceivedMessage): string | null {
  const [event, second] = message.events;
  if (message.raw !== null || second || event?.type !== 'text') return null;
  const plain = event.mode === 'append' && event.unit === soleUnit && event.tokens === undefined;
  return plain ? event.text : null;
}

function chunksFromColumns(columns: FileTrace['chunks']): SentChunk[] {
  const count = columns.lateUs.length;
  const due = fromDeltas(expandRuns(columns.dueUs, count, 'dueUs'));
  const samples = expandRuns(columns.samples, count, 'samples');
  const queued = expandRuns(columns.queuedBytes, count, 'queuedBytes');
  let endSample = 0;
  return columns.lateUs.map((lateUs, i) => ({
    dueUs: due[i]!,
    sentUs: due[i]! + lateUs,
    startSample: endSample,
    endSample: (endSample += samples[i]!),
    queuedBytes: queued[i]!,
  }));
}

function messagesFromColumns(columns: FileTrace['received']): ReceivedMessage[] {
  const { bytes, text, messages } = columns;
  const count = text.length;
  if (columns.atUs.length !== count || bytes.length !== count) throw columnMismatch('received');
  const described = new Map(messages.map((message) => [message[0], message]));
  const atUs = fromDeltas(columns.atUs);
  return text.map((delta, i) => {
    const arrival = { atUs: atUs[i]!, bytes: bytes[i]! };
    if (delta !== null) {
      const event = { type: 'text', mode: 'append', unit: soleUnit, text: delta } as const;
      return { ...arrival, events: [event], raw: null };
    }
    const message = described.get(i);
    if (!message) throw columnMismatch('received.messages');
    return { ...arrival, events: message[1], raw: message[2] };
  });
}

/** Checks the length before expanding: a damaged count must not exhaust the memory. */
function expandRuns(runs: FileTrace['chunks']['samples'], count: number, column: string): number[] {
  const total = runs.reduce((sum, run) => sum + run[1], 0);
  if (total !== count) throw columnMismatch(`chunks.${column}`);
  return fromRuns(runs);
}

function columnMismatch(column: string): BenchError {
  return new BenchError('columns_differ', `trace.${column} does not have one entry per message`);
}
