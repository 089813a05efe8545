import { errorText } from '../common/benchError.ts';
import { AudioError } from './audioError.ts';
import type { AudioBytes } from './audioStream.ts';

/** What the WebAssembly decoders return. */
export interface DecoderResult {
  channelData: Float32Array[];
  samplesDecoded: number;
  sampleRate: number;
  errors: { message: string }[];
}

/**
 * Runs one call of a WebAssembly decoder. They report damage by a list of errors, by throwing, or
 * only by returning less than was to be expected; the last is left to the caller.
 *
 * @throws AudioError `corrupt`
 */
export async function decodeChecked<Result extends DecoderResult>(
  file: AudioBytes,
  decode: () => Result | Promise<Result>,
): Promise<Result> {
  let result: Result;
  try {
    result = await decode();
  } catch (error) {
    throw undecodable(file, errorText(error), error);
  }
  if (result.errors.length > 0) throw undecodable(file, result.errors[0]!.message);
  return result;
}

export function undecodable(file: AudioBytes, why: string, cause?: unknown): AudioError {
  return new AudioError(
    'corrupt',
    file.path,
    `is damaged and cannot be decoded (${why}). Copy, download or encode it again.`,
    { cause },
  );
}
