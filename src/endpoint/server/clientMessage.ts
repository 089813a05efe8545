import * as z from 'zod';
import { ProtocolError } from './protocolError.ts';

const eventSchema = z.looseObject({ type: z.unknown().optional() });

const knownSchemas = {
  'session.update': z.object({ type: z.literal('session.update'), model: z.string() }),
  'input_audio_buffer.append': z.object({
    type: z.literal('input_audio_buffer.append'),
    audio: z.string(),
  }),
  'input_audio_buffer.commit': z.object({
    type: z.literal('input_audio_buffer.commit'),
    final: z.boolean().default(false),
  }),
} as const;

type KnownType = keyof typeof knownSchemas;

export type ClientMessage = z.infer<(typeof knownSchemas)[KnownType]>;

/**
 * Reads a text frame of vLLM's realtime protocol. Unknown extra fields are ignored.
 *
 * @throws ProtocolError with the code the protocol has for what is wrong.
 */
export function parseClientMessage(frame: string): ClientMessage {
  const event = eventSchema.safeParse(parseJson(frame));
  if (!event.success) throw new ProtocolError('invalid_event', 'An event must be a JSON object');
  const { type } = event.data;
  if (!isKnown(type)) {
    const shown = typeof type === 'string' ? type : JSON.stringify(type ?? null);
    throw new ProtocolError('unknown_event', `Unknown event type: ${shown}`);
  }
  const message = knownSchemas[type].safeParse(event.data);
  if (message.success) return message.data;
  if (type === 'input_audio_buffer.append') throw invalidAudio();
  const problem = message.error.issues[0];
  const field = problem?.path.join('.') ?? '';
  const missing = !(field in event.data);
  throw new ProtocolError(
    'invalid_event',
    missing
      ? `Missing required field: ${field}`
      : `Invalid field ${field}: ${problem?.message ?? 'wrong type'}`,
  );
}

export function invalidAudio(): ProtocolError {
  return new ProtocolError('invalid_audio', 'Invalid audio data');
}

function parseJson(frame: string): unknown {
  try {
    return JSON.parse(frame);
  } catch (error) {
    throw new ProtocolError('invalid_json', 'Invalid JSON', { cause: error });
  }
}

function isKnown(type: unknown): type is KnownType {
  return typeof type === 'string' && Object.hasOwn(knownSchemas, type);
}
