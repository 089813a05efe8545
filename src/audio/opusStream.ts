import { OpusDecoder } from 'opus-decoder';
import type { AudioBytes, AudioStream } from './audioStream.ts';
import { decodeChecked, undecodable } from './decoderResult.ts';
import type { OggPacket, OggPage } from './oggPages.ts';
import { oggPackets } from './oggPages.ts';
import type { OpusHeader } from './opusHeader.ts';
import { opusPacketSamples, readOpusHeader } from './opusHeader.ts';
import { yieldToEventLoop } from './yieldToEventLoop.ts';

/** Opus decodes to this rate whatever the rate of the original was. */
const opusRateHz = 48000;
const packetsPerBlock = 50;

interface OpusPacket {
  bytes: Uint8Array;
  samples: number;
}

/**
 * Opens Ogg Opus (RFC 7845): the pre-skip at the start and the padding at the end are cut off and
 * the output gain is applied.
 *
 * @throws AudioError
 */
export function openOpus(file: AudioBytes, pages: OggPage[]): AudioStream {
  const [head, , ...audio] = oggPackets(file, pages);
  if (!head) throw undecodable(file, 'it has no Opus header');
  const header = readOpusHeader(file, head.bytes);
  const packets = audio.map(({ bytes }, index) => {
    const samples = opusPacketSamples(bytes);
    if (samples === null) throw undecodable(file, `Opus packet ${index + 1} is not valid`);
    return { bytes, samples };
  });
  const frames = playedFrames(file, { header, pages, audio, packets });
  return {
    format: 'ogg opus',
    sampleRateHz: opusRateHz,
    channels: header.channels,
    maxFrames: frames,
    blocks: () => opusBlocks(file, header, packets, frames),
  };
}

interface OpusContent {
  header: OpusHeader;
  pages: OggPage[];
  audio: OggPacket[];
  packets: OpusPacket[];
}

/** Length after cutting off both ends, by the last page's position (RFC 7845, 4). */
function playedFrames(file: AudioBytes, content: OpusContent): number {
  const { header, pages, audio, packets } = content;
  const firstPage = audio[0]?.pageIndex;
  if (firstPage === undefined) return 0;
  const onFirstPage = audio.filter((packet) => packet.pageIndex === firstPage).length;
  const samples = (some: OpusPacket[]): number => some.reduce((sum, p) => sum + p.samples, 0);
  // A stream cut from a longer one starts at a position above zero.
  const firstEnd = Number(pages[firstPage]!.granule);
  const start = Math.max(0, firstEnd - samples(packets.slice(0, onFirstPage)));
  const played = Number(pages.at(-1)!.granule) - start - header.preSkip;
  if (played > samples(packets) - header.preSkip) {
    throw undecodable(file, 'it holds less audio than its last page says');
  }
  return Math.max(0, played);
}

async function* opusBlocks(
  file: AudioBytes,
  header: OpusHeader,
  packets: OpusPacket[],
  frames: number,
): AsyncGenerator<Float32Array[], void, undefined> {
  const { channels, streamCount, coupledStreamCount, channelMappingTable } = header;
  const mapping = { channels, streamCount, coupledStreamCount, channelMappingTable };
  const decoder = new OpusDecoder({ ...mapping, preSkip: 0 });
  await decoder.ready;
  try {
    let toSkip = header.preSkip;
    let toPlay = frames;
    for (let i = 0; i < packets.length && toPlay > 0; i += packetsPerBlock) {
      const some = packets.slice(i, i + packetsPerBlock);
      const { channelData, samplesDecoded } = await decodeChecked(file, () =>
        decoder.decodeFrames(some.map((packet) => packet.bytes)),
      );
      if (samplesDecoded !== some.reduce((sum, packet) => sum + packet.samples, 0)) {
        throw undecodable(file, `Opus packets after number ${i} do not decode`);
      }
      const skipped = Math.min(toSkip, samplesDecoded);
      const played = Math.min(toPlay, samplesDecoded - skipped);
      toSkip -= skipped;
      toPlay -= played;
      yield channelData.map((samples) =>
        withGain(samples.subarray(skipped, skipped + played), header.gain),
      );
      await yieldToEventLoop();
    }
  } finally {
    decoder.free();
  }
}

function withGain(samples: Float32Array, gain: number): Float32Array {
  return gain === 1 ? samples : samples.map((sample) => sample * gain);
}
