import type { AudioBytes, AudioStream } from './audioStream.ts';
import { decodeALaw, decodeMuLaw } from './g711.ts';
import { readWavHeader } from './wavHeader.ts';
import type { WavEncoding, WavHeader } from './wavHeader.ts';
import { yieldToEventLoop } from './yieldToEventLoop.ts';

const blockFrames = 1 << 15;

/**
 * Opens a WAV file. 8-bit samples are unsigned, wider ones signed, all little-endian.
 *
 * @throws AudioError
 */
export function openWav(file: AudioBytes): AudioStream {
  const header = readWavHeader(file);
  return {
    format: `wav ${codingName(header)}`,
    sampleRateHz: header.sampleRateHz,
    channels: header.channels,
    maxFrames: header.dataBytes / (header.bytesPerSample * header.channels),
    blocks: () => wavBlocks(file, header),
  };
}

async function* wavBlocks(
  file: AudioBytes,
  header: WavHeader,
): AsyncGenerator<Float32Array[], void, undefined> {
  const { channels, bytesPerSample, dataBytes, dataOffset } = header;
  const view = new DataView(file.bytes.buffer, file.bytes.byteOffset + dataOffset, dataBytes);
  const read = sampleReader(header.encoding, bytesPerSample);
  const frameBytes = channels * bytesPerSample;
  for (let start = 0; start < dataBytes; start += blockFrames * frameBytes) {
    const frames = Math.min(blockFrames, (dataBytes - start) / frameBytes);
    yield Array.from({ length: channels }, (_, channel) => {
      const samples = new Float32Array(frames);
      let offset = start + channel * bytesPerSample;
      for (let i = 0; i < frames; i++) {
        samples[i] = read(view, offset);
        offset += frameBytes;
      }
      return samples;
    });
    await yieldToEventLoop();
  }
}

type SampleReader = (view: DataView, offset: number) => number;

const pcmReaders: Record<number, SampleReader> = {
  1: (view, offset) => (view.getUint8(offset) - 128) / 2 ** 7,
  2: (view, offset) => view.getInt16(offset, true) / 2 ** 15,
  3: (view, offset) =>
    (view.getUint16(offset, true) + view.getInt8(offset + 2) * 2 ** 16) / 2 ** 23,
  4: (view, offset) => view.getInt32(offset, true) / 2 ** 31,
};

const floatReaders: Record<number, SampleReader> = {
  4: (view, offset) => view.getFloat32(offset, true),
  8: (view, offset) => view.getFloat64(offset, true),
};

function sampleReader(encoding: WavEncoding, bytesPerSample: number): SampleReader {
  switch (encoding) {
    case 'pcm':
      return pcmReaders[bytesPerSample]!;
    case 'float':
      return floatReaders[bytesPerSample]!;
    case 'alaw':
      return (view, offset) => decodeALaw(view.getUint8(offset));
    case 'mulaw':
      return (view, offset) => decodeMuLaw(view.getUint8(offset));
  }
}

/** As the manifests of datasets and FFmpeg name them. */
function codingName({ encoding, bytesPerSample }: WavHeader): string {
  switch (encoding) {
    case 'pcm':
      return bytesPerSample === 1 ? 'pcm_u8' : `pcm_s${bytesPerSample * 8}le`;
    case 'float':
      return `pcm_f${bytesPerSample * 8}le`;
    case 'alaw':
    case 'mulaw':
      return `pcm_${encoding}`;
  }
}
