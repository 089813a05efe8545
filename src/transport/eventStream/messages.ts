import { EventStreamCodec } from '@smithy/core/event-streams';
import { fromUtf8, toUtf8 } from '@smithy/core/serde';

/** A message of the event-stream encoding: typed headers and a body. */
export type EventMessage = ReturnType<EventStreamCodec['decode']>;

export const eventCodec = new EventStreamCodec(toUtf8, fromUtf8);

/** A message of the container's protocol as the event that carries it, not signed yet. */
export function payloadPart(data: string | Uint8Array): Uint8Array {
  const isText = typeof data === 'string';
  return eventCodec.encode({
    headers: {
      ':event-type': { type: 'string', value: 'PayloadPart' },
      ':message-type': { type: 'string', value: 'event' },
      ':content-type': { type: 'string', value: 'application/octet-stream' },
      // Decides whether the container gets a text or a binary WebSocket message.
      DataType: { type: 'string', value: isText ? 'UTF8' : 'BINARY' },
    },
    body: isText ? fromUtf8(data) : data,
  });
}
