import * as z from 'zod';
import type { ReceivedMessage } from '../../../src/trace/sessionTrace.ts';

const segmentMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('input_audio_buffer.committed'), segment_id: z.number() }),
  z.object({
    type: z.literal('transcription.segment'),
    segment_id: z.number(),
    is_final: z.boolean(),
  }),
  z.object({ type: z.literal('transcription.completed') }),
  z.object({ type: z.literal('error') }),
]);

type SegmentMessage = z.infer<typeof segmentMessage>;

/**
 * What SGLang-Omni owes its clients, by its own messages: our dialect makes the best of a server
 * that breaks these rules, so that the events of a session do not show it.
 */
export function segmentBreaches(received: readonly ReceivedMessage[]): string[] {
  const messages = received.flatMap(({ raw }) => messageIn(raw));
  return [...afterFinal(messages), ...withoutFinal(messages)];
}

function messageIn(raw: string | null): SegmentMessage[] {
  try {
    return [segmentMessage.parse(JSON.parse(raw ?? ''))];
  } catch {
    return [];
  }
}

function afterFinal(messages: readonly SegmentMessage[]): string[] {
  const finals = new Set<number>();
  return messages.flatMap((message) => {
    if (message.type !== 'transcription.segment') return [];
    const { segment_id: segment, is_final: isFinal } = message;
    const isLate = finals.has(segment);
    if (isFinal) finals.add(segment);
    if (!isLate) return [];
    return [`${isFinal ? 'a second final' : 'text after the final'} of segment ${segment}`];
  });
}

/** Committed segments are final segments, unless one could not be recognised. */
function withoutFinal(messages: readonly SegmentMessage[]): string[] {
  const types = new Set(messages.map(({ type }) => type));
  if (types.has('error') || !types.has('transcription.completed')) return [];
  const finals = new Set(
    messages.flatMap((message) =>
      message.type === 'transcription.segment' && message.is_final ? [message.segment_id] : [],
    ),
  );
  return messages.flatMap((message) =>
    message.type === 'input_audio_buffer.committed' && !finals.has(message.segment_id)
      ? [`no final of segment ${message.segment_id}`]
      : [],
  );
}
