/** Mono 16-bit audio, ready to be cut into chunks and sent. */
export interface PcmAudio {
  sampleRateHz: number;
  samples: Int16Array;
  source: AudioSource;
}

/** What the file held before it was converted. */
export interface AudioSource {
  /** Container and coding, for people: `wav pcm_s16le`, `flac`, `ogg opus`. */
  format: string;
  sampleRateHz: number;
  channels: number;
  /** Of the file's bytes, lower-case hex. */
  sha256: string;
}

/** Length in milliseconds of audio. */
export function durationMs(audio: PcmAudio): number {
  return (audio.samples.length / audio.sampleRateHz) * 1000;
}
