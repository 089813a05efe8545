/** What an audio file may cost. Larger files are refused before they are decoded. */
export interface AudioLimits {
  /** Size on disk; the whole file is held in memory while it is decoded. */
  maxFileBytes: number;
  /** Playing time; bounds what is decoded, whatever the file's headers claim. */
  maxDurationMs: number;
}

export const defaultAudioLimits: AudioLimits = {
  maxFileBytes: 2 ** 30,
  maxDurationMs: 4 * 3600 * 1000,
};
