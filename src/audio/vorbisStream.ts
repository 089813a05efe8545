import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis';
import type { AudioBytes, AudioStream } from './audioStream.ts';
import { decodeChecked, undecodable } from './decoderResult.ts';
import type { OggPage } from './oggPages.ts';
import { oggPackets } from './oggPages.ts';
import { yieldToEventLoop } from './yieldToEventLoop.ts';

const blockBytes = 2 ** 15;

/**
 * Opens Ogg Vorbis (Vorbis I specification, 4.2.2 and A.2); the padding at the end is cut off.
 *
 * @throws AudioError
 */
export function openVorbis(file: AudioBytes, pages: OggPage[]): AudioStream {
  const head = oggPackets(file, pages).next().value as { bytes: Uint8Array };
  if (head.bytes.length < 30) throw undecodable(file, 'its Vorbis header is too short');
  const view = new DataView(head.bytes.buffer, head.bytes.byteOffset, head.bytes.length);
  const sampleRateHz = view.getUint32(12, true);
  return {
    format: 'ogg vorbis',
    sampleRateHz,
    channels: view.getUint8(11),
    maxFrames: Math.max(0, Number(pages.at(-1)!.granule)),
    blocks: () => vorbisBlocks(file, pages),
  };
}

async function* vorbisBlocks(
  file: AudioBytes,
  pages: OggPage[],
): AsyncGenerator<Float32Array[], void, undefined> {
  const decoder = new OggVorbisDecoder();
  await decoder.ready;
  try {
    let start = 0;
    for (const page of pages) {
      if (page.end - start < blockBytes) continue;
      const part = file.bytes.subarray(start, page.end);
      start = page.end;
      const { channelData, samplesDecoded } = await decodeChecked(file, () => decoder.decode(part));
      if (samplesDecoded > 0) yield channelData;
      await yieldToEventLoop();
    }
    yield* vorbisRest(file, decoder, file.bytes.subarray(start));
  } finally {
    decoder.free();
  }
}

/** The decoder holds back the last page until it is told that no more will come. */
async function* vorbisRest(
  file: AudioBytes,
  decoder: OggVorbisDecoder,
  rest: Uint8Array,
): AsyncGenerator<Float32Array[], void, undefined> {
  const last = await decodeChecked(file, () => decoder.decode(rest));
  if (last.samplesDecoded > 0) yield last.channelData;
  const flushed = await decodeChecked(file, () => decoder.flush());
  if (flushed.samplesDecoded > 0) yield flushed.channelData;
}
