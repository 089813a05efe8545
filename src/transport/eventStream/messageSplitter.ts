/** Lengths and checksums around the headers and the body of a message. */
const overheadBytes = 16;

/** Cuts a stream of bytes, which may be split anywhere, into whole event-stream messages. */
export class MessageSplitter {
  readonly #maxBytes: number;
  #parts: Uint8Array[] = [];
  #bytes = 0;
  /** Of the message that is incomplete; null until its length is there. */
  #needed: number | null = null;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /**
   * The messages that these bytes complete.
   * @throws RangeError for a length that no message can have.
   */
  push(bytes: Uint8Array): Uint8Array[] {
    this.#parts.push(bytes);
    this.#bytes += bytes.length;
    const messages: Uint8Array[] = [];
    while (this.#bytes >= this.#wanted()) messages.push(this.#take());
    return messages;
  }

  /** Whether bytes of an unfinished message are left. */
  get hasRest(): boolean {
    return this.#bytes > 0;
  }

  #wanted(): number {
    if (this.#needed !== null) return this.#needed;
    if (this.#bytes < 4) return 4;
    const joined = this.#joined();
    const length = new DataView(joined.buffer, joined.byteOffset).getUint32(0);
    if (length < overheadBytes || length > this.#maxBytes + overheadBytes) {
      throw new RangeError(`a message of ${length} bytes`);
    }
    this.#needed = length;
    return length;
  }

  #take(): Uint8Array {
    const joined = this.#joined();
    const message = joined.subarray(0, this.#needed!);
    const rest = joined.subarray(message.length);
    this.#parts = rest.length > 0 ? [rest] : [];
    this.#bytes = rest.length;
    this.#needed = null;
    return message;
  }

  #joined(): Uint8Array {
    if (this.#parts.length !== 1) this.#parts = [Buffer.concat(this.#parts)];
    return this.#parts[0]!;
  }
}
