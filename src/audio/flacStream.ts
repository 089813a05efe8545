import { FLACDecoder } from '@wasm-audio-decoders/flac';
import type { FLACDecodedAudio } from '@wasm-audio-decoders/flac';
import { AudioError } from './audioError.ts';
import type { AudioBytes, AudioStream } from './audioStream.ts';
import { decodeChecked, undecodable } from './decoderResult.ts';
import { flacFrames, readFlacFrameHeader } from './flacFrames.ts';
import type { OggPage } from './oggPages.ts';
import { oggPackets } from './oggPages.ts';
import { yieldToEventLoop } from './yieldToEventLoop.ts';

/** The STREAMINFO block (RFC 9639, 8.2). */
interface FlacInfo {
  sampleRateHz: number;
  channels: number;
  /** Samples per channel; null where the encoder did not know. */
  frames: number | null;
}

interface EncodedFrame {
  bytes: Uint8Array;
  blockSize: number;
}

const streamInfoBytes = 34;
const framesPerBlock = 8;

/**
 * Opens a native FLAC stream that starts with `fLaC` at byte `start`.
 *
 * @throws AudioError
 */
export function openFlac(file: AudioBytes, start: number): AudioStream {
  const view = new DataView(file.bytes.buffer, file.bytes.byteOffset, file.bytes.length);
  const infoStart = start + 8;
  if (infoStart + streamInfoBytes > file.bytes.length) throw endsInHeader(file);
  const info = readStreamInfo(view, infoStart);
  let offset = start + 4;
  for (let last = false; !last;) {
    if (offset + 4 > file.bytes.length) throw endsInHeader(file);
    last = view.getUint8(offset) >= 0x80;
    offset += 4 + (view.getUint32(offset) & 0xffffff);
  }
  if (offset > file.bytes.length) throw endsInHeader(file);
  const end = endBeforeId3v1(file.bytes);
  return flacStream('flac', file, info, () => nativeFrames(file, offset, end));
}

/**
 * Opens FLAC in Ogg (RFC 9639, 10.1): a mapping header, then as many metadata packets as it
 * announces, then one frame per packet.
 *
 * @throws AudioError
 */
export function openOggFlac(file: AudioBytes, pages: OggPage[]): AudioStream {
  const head = oggPackets(file, pages).next().value as { bytes: Uint8Array };
  if (head.bytes.length < 17 + streamInfoBytes) throw endsInHeader(file);
  const view = new DataView(head.bytes.buffer, head.bytes.byteOffset, head.bytes.length);
  const info = readStreamInfo(view, 17);
  return flacStream('ogg flac', file, info, () => oggFrames(file, pages));
}

function* nativeFrames(file: AudioBytes, start: number, end: number): Generator<EncodedFrame> {
  for (const frame of flacFrames(file, start, end)) {
    yield { bytes: file.bytes.subarray(frame.start, frame.end), blockSize: frame.blockSize };
  }
}

function* oggFrames(file: AudioBytes, pages: OggPage[]): Generator<EncodedFrame> {
  for (const { bytes } of oggPackets(file, pages)) {
    // Metadata packets start with their block type or 0x7F, never with a frame's 0xFF.
    if (bytes[0] !== 0xff) continue;
    const header = readFlacFrameHeader(bytes, 0, bytes.length);
    if (!header) throw undecodable(file, 'a FLAC frame has a wrong header');
    yield { bytes, blockSize: header.blockSize };
  }
}

function readStreamInfo(view: DataView, start: number): FlacInfo {
  // 20 bits rate, 3 bits channels - 1, 5 bits depth - 1, 36 bits number of samples.
  const frames = (view.getUint8(start + 13) & 15) * 2 ** 32 + view.getUint32(start + 14);
  return {
    sampleRateHz: view.getUint32(start + 10) >>> 12,
    channels: ((view.getUint8(start + 12) >> 1) & 7) + 1,
    frames: frames === 0 ? null : frames,
  };
}

function flacStream(
  format: string,
  file: AudioBytes,
  info: FlacInfo,
  frames: () => Iterable<EncodedFrame>,
): AudioStream {
  return {
    format,
    sampleRateHz: info.sampleRateHz,
    channels: info.channels,
    maxFrames: info.frames,
    blocks: () => flacBlocks(file, info, frames()),
  };
}

async function* flacBlocks(
  file: AudioBytes,
  info: FlacInfo,
  frames: Iterable<EncodedFrame>,
): AsyncGenerator<Float32Array[], void, undefined> {
  const decoder = new FLACDecoder();
  await decoder.ready;
  try {
    let decodedFrames = 0;
    let group: EncodedFrame[] = [];
    for (const frame of frames) {
      group.push(frame);
      if (group.length < framesPerBlock) continue;
      const block = await decodeGroup(file, info, decoder, group);
      decodedFrames += block[0]!.length;
      group = [];
      yield block;
      await yieldToEventLoop();
    }
    if (group.length > 0) {
      const block = await decodeGroup(file, info, decoder, group);
      decodedFrames += block[0]!.length;
      yield block;
    }
    if (info.frames !== null && decodedFrames !== info.frames) {
      throw wrongLength(file, info.frames, decodedFrames);
    }
  } finally {
    decoder.free();
  }
}

async function decodeGroup(
  file: AudioBytes,
  info: FlacInfo,
  decoder: FLACDecoder,
  group: EncodedFrame[],
): Promise<Float32Array[]> {
  const result = await decodeChecked<FLACDecodedAudio>(file, () =>
    decoder.decodeFrames(group.map((frame) => frame.bytes)),
  );
  const expected = group.reduce((sum, frame) => sum + frame.blockSize, 0);
  const { channelData, samplesDecoded, sampleRate } = result;
  if (samplesDecoded !== expected || channelData.length !== info.channels) {
    throw undecodable(file, 'FLAC frames do not decode');
  }
  if (sampleRate !== info.sampleRateHz) throw undecodable(file, 'its FLAC sample rate changes');
  return channelData.map((samples) => rescaled(samples, result.bitDepth));
}

/**
 * The decoder divides by the largest positive integer, 2^(bits-1) - 1, not by 2^(bits-1) as all
 * other formats here do. Going back over the integers makes FLAC equal to the same audio in WAV.
 */
function rescaled(samples: Float32Array, bitDepth: number): Float32Array {
  const fullScale = 2 ** (bitDepth - 1);
  return samples.map((sample) => Math.round(sample * (fullScale - 1)) / fullScale);
}

function endBeforeId3v1(bytes: Uint8Array): number {
  const tag = bytes.length - 128;
  const hasTag = tag > 0 && Buffer.from(bytes.subarray(tag, tag + 3)).toString('latin1') === 'TAG';
  return hasTag ? tag : bytes.length;
}

function endsInHeader(file: AudioBytes): AudioError {
  return new AudioError(
    'truncated',
    file.path,
    'is a FLAC file that ends before its audio. Copy or download it again.',
  );
}

function wrongLength(file: AudioBytes, announced: number, decoded: number): AudioError {
  return new AudioError(
    decoded < announced ? 'truncated' : 'corrupt',
    file.path,
    `announces ${announced} samples but has ${decoded}. Copy, download or encode it again.`,
  );
}
