import { decode, encode } from '@msgpack/msgpack';
import * as z from 'zod';
import { DialectError } from '../dialectError.ts';
import { secondsAsMs } from '../secondsAsMs.ts';

/** What a moshi-server sends: MessagePack maps with a `type`. Fields beyond these are tolerated. */

const anyMessage = z.looseObject({ type: z.string() });

export type AnyMessage = z.infer<typeof anyMessage>;

export const wordMessage = z.looseObject({ text: z.string(), start_time: secondsAsMs });

export const endWordMessage = z.looseObject({ stop_time: secondsAsMs });

/**
 * The map in a binary frame.
 * @throws DialectError for every other frame.
 */
export function decodeMessage(frame: string | Uint8Array): AnyMessage {
  if (typeof frame === 'string') {
    throw new DialectError('The server sent text where a binary MessagePack frame was expected.');
  }
  let value: unknown;
  try {
    // What says that it is longer than the frame is no message, and must not be made room for.
    value = decode(frame, { maxArrayLength: frame.length, maxMapLength: frame.length });
  } catch (error) {
    const what = `a binary frame of ${frame.length} bytes that is not MessagePack`;
    throw new DialectError(`The server sent ${what}.`, { cause: error });
  }
  const parsed = anyMessage.safeParse(value);
  if (!parsed.success) {
    throw new DialectError('The server sent MessagePack that is not a message.', {
      cause: parsed.error,
    });
  }
  return parsed.data;
}

export function markerMessage(id: number): Uint8Array {
  return encode({ type: 'Marker', id });
}

/** Samples as the server reads them: an array of single-precision numbers, whole ones too. */
export function audioMessage(samples: Iterable<number>): Uint8Array {
  return encode(
    { type: 'Audio', pcm: Array.from(samples) },
    { forceFloat32: true, forceIntegerToFloat: true },
  );
}
