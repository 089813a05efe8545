import { open, type FileHandle } from 'node:fs/promises';

/** Bytes before the samples of a file that {@link WavWriter} wrote. */
export const wavHeaderBytes = 44;

const riffId = 0x52494646;
const waveId = 0x57415645;
const formatId = 0x666d7420;
const dataId = 0x64617461;

/**
 * The header of a WAV file with mono 16-bit samples: RIFF, `fmt ` with format 1 (PCM), `data`
 * ("Multimedia Programming Interface and Data Specifications 1.0", 1991).
 */
export function wavHeader(sampleRateHz: number, totalSamples: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(wavHeaderBytes));
  const dataBytes = totalSamples * 2;
  view.setUint32(0, riffId);
  view.setUint32(4, wavHeaderBytes - 8 + dataBytes, true);
  view.setUint32(8, waveId);
  view.setUint32(12, formatId);
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, sampleRateHz * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  view.setUint32(36, dataId);
  view.setUint32(40, dataBytes, true);
  return new Uint8Array(view.buffer);
}

/** Writes mono 16-bit samples to a WAV file, block by block. */
export class WavWriter {
  readonly #file: FileHandle;
  readonly #sampleRateHz: number;
  #samples = 0;

  private constructor(file: FileHandle, sampleRateHz: number) {
    this.#file = file;
    this.#sampleRateHz = sampleRateHz;
  }

  /** Throws the system's error where there is a file at `path` already or none can be. */
  static async create(path: string, sampleRateHz: number): Promise<WavWriter> {
    const file = await open(path, 'wx');
    const writer = new WavWriter(file, sampleRateHz);
    await file.write(wavHeader(sampleRateHz, 0));
    return writer;
  }

  async append(samples: Int16Array): Promise<void> {
    await this.#file.write(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
    this.#samples += samples.length;
  }

  /** Writes the lengths into the header and closes the file. Returns the number of samples. */
  async finish(): Promise<number> {
    await this.#file.write(wavHeader(this.#sampleRateHz, this.#samples), 0, wavHeaderBytes, 0);
    await this.#file.close();
    return this.#samples;
  }

  /** Closes the file as it is. */
  async abandon(): Promise<void> {
    await this.#file.close();
  }
}
