/** The bytes of a file and its name for messages. */
export interface AudioBytes {
  path: string;
  bytes: Uint8Array;
}

/** A recognised file, ready to be decoded. */
export interface AudioStream {
  /** Container and coding, for people: `wav pcm_s16le`, `flac`, `ogg opus`. */
  format: string;
  sampleRateHz: number;
  channels: number;
  /** At most this many samples per channel will come; null where only decoding can tell. */
  maxFrames: number | null;
  /**
   * Decodes, block by block: one `Float32Array` per channel, all of one length, full scale ±1.
   * Throws `AudioError` on the first damage; what it holds is freed when the loop ends. The event
   * loop gets its turn after every block.
   */
  blocks: () => AsyncGenerator<Float32Array[], void, undefined>;
}
