import { AudioError } from './audioError.ts';
import type { AudioBytes } from './audioStream.ts';

/** Where the samples of a WAV file are and how they are coded. */
export interface WavHeader {
  encoding: WavEncoding;
  sampleRateHz: number;
  channels: number;
  /** Of one sample of one channel. */
  bytesPerSample: number;
  dataOffset: number;
  /** A whole number of frames. */
  dataBytes: number;
}

export type WavEncoding = 'pcm' | 'float' | 'alaw' | 'mulaw';

interface Chunk {
  id: string;
  offset: number;
  size: number;
}

const encodings: Partial<Record<number, WavEncoding>> = {
  0x0001: 'pcm',
  0x0003: 'float',
  0x0006: 'alaw',
  0x0007: 'mulaw',
};
const extensibleTag = 0xfffe;
/** The last 14 bytes of every sub-format that stands for an old format tag (in hex). */
const subFormatTail = '000000001000800000aa00389b71';

const bytesAllowed: Record<WavEncoding, number[]> = {
  pcm: [1, 2, 3, 4],
  float: [4, 8],
  alaw: [1],
  mulaw: [1],
};

/**
 * Programs that write to a pipe cannot go back to fill in the sizes. They leave 0, 0xFFFFFFFF or
 * a number near 2 GiB (sox and espeak-ng 0x7FFFF000, arecord 0x80000000).
 */
const placeholderSize = 0x7ffff000;

/**
 * Reads a RIFF or RF64 header: Microsoft, "Multiple channel audio data and WAVE files"; EBU Tech
 * 3306. Unknown chunks are skipped. Bytes after the last whole frame are left out.
 *
 * @throws AudioError `truncated`, `corrupt` or `unsupported`
 */
export function readWavHeader(file: AudioBytes): WavHeader {
  const view = new DataView(file.bytes.buffer, file.bytes.byteOffset, file.bytes.length);
  let format: WavFormat | null = null;
  let rf64DataBytes: number | null = null;
  let offset = 12;
  while (offset + 8 <= file.bytes.length) {
    const chunk = { id: ascii(file.bytes, offset), offset: offset + 8, size: 0 };
    chunk.size = view.getUint32(offset + 4, true);
    if (chunk.id === 'data') {
      if (!format) throw corrupt(file, 'its audio comes before its format');
      const dataBytes = availableDataBytes(file, view, chunk, rf64DataBytes);
      const frameBytes = format.bytesPerSample * format.channels;
      return {
        ...format,
        dataOffset: chunk.offset,
        dataBytes: dataBytes - (dataBytes % frameBytes),
      };
    }
    const end = chunk.offset + chunk.size;
    if (end > file.bytes.length) break;
    if (chunk.id === 'fmt ') format = readFormat(file, view, chunk);
    if (chunk.id === 'ds64' && chunk.size >= 16) {
      rf64DataBytes = Number(view.getBigUint64(chunk.offset + 8, true));
    }
    offset = end + (chunk.size % 2);
  }
  throw new AudioError(
    'truncated',
    file.path,
    'is a WAV file that ends before its audio. Copy or download it again.',
  );
}

type WavFormat = Omit<WavHeader, 'dataOffset' | 'dataBytes'>;

function readFormat(file: AudioBytes, view: DataView, chunk: Chunk): WavFormat {
  if (chunk.size < 16) throw corrupt(file, 'its format chunk is too short');
  let tag = view.getUint16(chunk.offset, true);
  const channels = view.getUint16(chunk.offset + 2, true);
  const sampleRateHz = view.getUint32(chunk.offset + 4, true);
  const frameBytes = view.getUint16(chunk.offset + 12, true);
  const bitsPerSample = view.getUint16(chunk.offset + 14, true);
  if (tag === extensibleTag) tag = subFormatTag(file, view, chunk);
  const encoding = encodings[tag];
  if (!encoding) {
    const name = `0x${tag.toString(16).padStart(4, '0')}`;
    throw new AudioError(
      'unsupported',
      file.path,
      `is a WAV file with coding ${name}, which is not decoded here. ` +
        'Convert it, for example: sox FILE -e signed-integer -b 16 out.wav',
    );
  }
  const bytesPerSample = frameBytes / channels;
  const fits = bytesAllowed[encoding].includes(bytesPerSample);
  if (!fits || Math.ceil(bitsPerSample / 8) !== bytesPerSample) {
    const layout = `${channels} channels, ${bitsPerSample} bits, ${frameBytes} bytes per frame`;
    throw corrupt(file, `its format makes no sense (${encoding}, ${layout})`);
  }
  return { encoding, sampleRateHz, channels, bytesPerSample };
}

function subFormatTag(file: AudioBytes, view: DataView, chunk: Chunk): number {
  if (chunk.size < 40) throw corrupt(file, 'its extensible format chunk is too short');
  const tail = file.bytes.subarray(chunk.offset + 26, chunk.offset + 40);
  if (Buffer.from(tail).toString('hex') !== subFormatTail) {
    throw new AudioError(
      'unsupported',
      file.path,
      'is a WAV file with a private sub-format. Convert it, for example: ffmpeg -i FILE out.wav',
    );
  }
  return view.getUint16(chunk.offset + 24, true);
}

function availableDataBytes(
  file: AudioBytes,
  view: DataView,
  chunk: Chunk,
  rf64DataBytes: number | null,
): number {
  const available = file.bytes.length - chunk.offset;
  const is64 = chunk.size === 0xffffffff && rf64DataBytes !== null && rf64DataBytes > 0;
  const size = is64 ? rf64DataBytes : chunk.size;
  if (size === 0) {
    // Believed only where the file's own length agrees; else the writer never filled it in.
    const riffEnd = view.getUint32(4, true) + 8;
    return riffEnd === file.bytes.length ? 0 : available;
  }
  if (size <= available) return size;
  if (!is64 && size >= placeholderSize) return available;
  throw new AudioError(
    'truncated',
    file.path,
    `announces ${size} bytes of audio but has only ${available}. Copy or download it again.`,
  );
}

function corrupt(file: AudioBytes, what: string): AudioError {
  return new AudioError(
    'corrupt',
    file.path,
    `is a damaged WAV file: ${what}. Copy, download or export it again.`,
  );
}

function ascii(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}
