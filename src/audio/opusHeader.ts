import type { AudioBytes } from './audioStream.ts';
import { AudioError } from './audioError.ts';
import { undecodable } from './decoderResult.ts';

/** The identification header of Ogg Opus (RFC 7845, 5.1). */
export interface OpusHeader {
  channels: number;
  /** Samples at 48 kHz to drop at the start. */
  preSkip: number;
  /** Factor to apply to every decoded sample. */
  gain: number;
  streamCount: number;
  coupledStreamCount: number;
  channelMappingTable: number[];
}

/** @throws AudioError `corrupt` or `unsupported` */
export function readOpusHeader(file: AudioBytes, packet: Uint8Array): OpusHeader {
  if (packet.length < 19) throw undecodable(file, 'its Opus header is too short');
  const view = new DataView(packet.buffer, packet.byteOffset, packet.length);
  const family = view.getUint8(18);
  const channels = view.getUint8(9);
  // Families 0, 1 and 255 map channels one by one; 2 and 3 are ambisonics.
  if (view.getUint8(8) > 15 || ![0, 1, 255].includes(family)) {
    throw new AudioError(
      'unsupported',
      file.path,
      'holds a kind of Opus that is not decoded here. ' +
        'Convert it, for example: ffmpeg -i FILE out.wav',
    );
  }
  const base = {
    channels,
    preSkip: view.getUint16(10, true),
    gain: 10 ** (view.getInt16(16, true) / 256 / 20),
  };
  if (family === 0) {
    if (channels < 1 || channels > 2) throw undecodable(file, `${channels} Opus channels`);
    return {
      ...base,
      streamCount: 1,
      coupledStreamCount: channels - 1,
      channelMappingTable: channels === 1 ? [0] : [0, 1],
    };
  }
  const mapping = [...packet.subarray(21, 21 + channels)];
  if (channels < 1 || mapping.length < channels) {
    throw undecodable(file, 'its Opus channel mapping is too short');
  }
  return {
    ...base,
    streamCount: view.getUint8(19),
    coupledStreamCount: view.getUint8(20),
    channelMappingTable: mapping,
  };
}

/** Frame lengths in samples at 48 kHz by the upper five bits of the first byte (RFC 6716, 3.1). */
const silkFrames = [480, 960, 1920, 2880];
const hybridFrames = [480, 960];
const celtFrames = [120, 240, 480, 960];
const longestPacket = 5760;

/** Samples per channel at 48 kHz that a packet decodes to; null where it is no Opus packet. */
export function opusPacketSamples(packet: Uint8Array): number | null {
  const [first, second] = packet;
  if (first === undefined) return null;
  const config = first >> 3;
  let frame: number;
  if (config < 12) frame = silkFrames[config % 4]!;
  else if (config < 16) frame = hybridFrames[config % 2]!;
  else frame = celtFrames[config % 4]!;
  const code = first & 3;
  const count = code === 3 ? (second ?? 0) & 63 : Math.min(code + 1, 2);
  const samples = frame * count;
  return samples > 0 && samples <= longestPacket ? samples : null;
}
