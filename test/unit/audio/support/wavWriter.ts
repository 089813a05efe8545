/** How a WAV file is to be written; everything that a test may want to be wrong can be set. */
export interface WavSpec {
  formatTag: number;
  channels: number;
  sampleRateHz: number;
  bitsPerSample: number;
  frameBytes: number;
  data: Uint8Array;
  /** Writes WAVE_FORMAT_EXTENSIBLE with `formatTag` as sub-format. */
  extensible?: boolean;
  /** Overrides the size field of the data chunk. */
  dataSize?: number;
  /** Overrides the size field of the file. */
  riffSize?: number;
  chunksBefore?: { id: string; data: Uint8Array }[];
  chunksAfter?: { id: string; data: Uint8Array }[];
  riffId?: string;
}

const subFormatTail = '000000001000800000aa00389b71';

export function writeWav(spec: WavSpec): Uint8Array {
  const body = Buffer.concat([
    Buffer.from('WAVE'),
    ...(spec.chunksBefore ?? []).map(({ id, data }) => chunk(id, data)),
    chunk('fmt ', formatChunk(spec)),
    chunk('data', spec.data, spec.dataSize),
    ...(spec.chunksAfter ?? []).map(({ id, data }) => chunk(id, data)),
  ]);
  const head = Buffer.alloc(8);
  head.write(spec.riffId ?? 'RIFF');
  head.writeUInt32LE(spec.riffSize ?? body.length, 4);
  return Buffer.concat([head, body]);
}

function formatChunk(spec: WavSpec): Buffer {
  const format = Buffer.alloc(16);
  format.writeUInt16LE(spec.extensible ? 0xfffe : spec.formatTag, 0);
  format.writeUInt16LE(spec.channels, 2);
  format.writeUInt32LE(spec.sampleRateHz, 4);
  format.writeUInt32LE((spec.sampleRateHz * spec.frameBytes) >>> 0, 8);
  format.writeUInt16LE(spec.frameBytes, 12);
  format.writeUInt16LE(spec.bitsPerSample, 14);
  if (!spec.extensible) return format;
  const extension = Buffer.alloc(10);
  extension.writeUInt16LE(22, 0);
  extension.writeUInt16LE(spec.bitsPerSample, 2);
  extension.writeUInt16LE(spec.formatTag, 8);
  return Buffer.concat([format, extension, Buffer.from(subFormatTail, 'hex')]);
}

function chunk(id: string, data: Uint8Array, size = data.length): Buffer {
  const head = Buffer.alloc(8);
  head.write(id);
  head.writeUInt32LE(size, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

/** A 16-bit mono file. */
export function pcm16Wav(samples: ArrayLike<number>, sampleRateHz: number): Uint8Array {
  return writeWav({ ...pcm16Spec(samples), sampleRateHz });
}

export function pcm16Spec(samples: ArrayLike<number>): WavSpec {
  const data = Buffer.alloc(samples.length * 2);
  for (let i = 0; i < samples.length; i++) data.writeInt16LE(samples[i]!, i * 2);
  return { formatTag: 1, channels: 1, sampleRateHz: 16000, bitsPerSample: 16, frameBytes: 2, data };
}
