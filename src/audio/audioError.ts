import { BenchError } from '../common/benchError.ts';

export type AudioErrorReason =
  | 'not_found'
  /** The operating system refuses to read it, or it is not a regular file. */
  | 'unreadable'
  /** The bytes are no audio file that is known here. */
  | 'unknown_format'
  /** The bytes are a known kind of file, but one that is not decoded here. */
  | 'unsupported'
  | 'corrupt'
  /** The file ends before the audio that it announces. */
  | 'truncated'
  | 'empty'
  /** Over the limits of `AudioLimits`. */
  | 'too_long';

/** An audio file cannot be used. The message names the file, what is wrong and the remedy. */
export class AudioError extends BenchError<AudioErrorReason> {
  readonly path: string;

  /** @param problem what is wrong and what to do, in full sentences; it follows the path */
  constructor(reason: AudioErrorReason, path: string, problem: string, options?: ErrorOptions) {
    super(reason, `Audio file ${path}: ${problem}`, options);
    this.path = path;
  }
}
