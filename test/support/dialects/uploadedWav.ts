const headBytes = 44;

/** Reads a WAV file of mono 16-bit PCM as it comes, and forgives nothing in its head. */
export class UploadedWav {
  readonly #rate: number;
  readonly #violation: (what: string) => void;
  #head = Buffer.alloc(0);
  #declaredBytes = 0;
  #pcmBytes = 0;

  constructor(sampleRateHz: number, violation: (what: string) => void) {
    this.#rate = sampleRateHz;
    this.#violation = violation;
  }

  /** The samples among these bytes of the file. */
  push(bytes: Buffer): Buffer {
    const lacking = headBytes - this.#head.length;
    if (lacking > 0) {
      this.#head = Buffer.concat([this.#head, bytes.subarray(0, lacking)]);
      if (this.#head.length === headBytes) this.#checkHead();
    }
    const pcm = bytes.subarray(Math.max(0, lacking));
    this.#pcmBytes += pcm.length;
    return pcm;
  }

  /** The file is over. */
  end(): void {
    if (this.#head.length < headBytes) this.#violation('the file is shorter than its head');
    else if (this.#pcmBytes !== this.#declaredBytes) {
      this.#violation(`the file says ${this.#declaredBytes} bytes but has ${this.#pcmBytes}`);
    }
  }

  #checkHead(): void {
    const head = this.#head;
    this.#declaredBytes = head.readUInt32LE(40);
    const found = {
      names: [head.toString('latin1', 0, 4), head.toString('latin1', 8, 16)].join(),
      riffBytes: head.readUInt32LE(4),
      formatBytes: head.readUInt32LE(16),
      format: head.readUInt16LE(20),
      channels: head.readUInt16LE(22),
      rate: head.readUInt32LE(24),
      bytesPerSecond: head.readUInt32LE(28),
      bytesPerFrame: head.readUInt16LE(32),
      bits: head.readUInt16LE(34),
      data: head.toString('latin1', 36, 40),
    };
    const expected = {
      names: 'RIFF,WAVEfmt ',
      riffBytes: headBytes - 8 + this.#declaredBytes,
      formatBytes: 16,
      format: 1,
      channels: 1,
      rate: this.#rate,
      bytesPerSecond: this.#rate * 2,
      bytesPerFrame: 2,
      bits: 16,
      data: 'data',
    };
    if (JSON.stringify(found) !== JSON.stringify(expected)) {
      this.#violation(`a WAV head that says ${JSON.stringify(found)}`);
    }
  }
}
