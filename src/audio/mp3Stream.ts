import { MPEGDecoder } from 'mpg123-decoder';
import { AudioError } from './audioError.ts';
import type { AudioBytes, AudioStream } from './audioStream.ts';
import { decodeChecked, undecodable } from './decoderResult.ts';
import { readMp3Header } from './mp3Header.ts';
import type { Mp3Header } from './mp3Header.ts';
import { mp3Crc, readMp3Info } from './mp3Info.ts';
import type { Mp3Info } from './mp3Info.ts';
import { yieldToEventLoop } from './yieldToEventLoop.ts';

const blockBytes = 2 ** 14;

/** Where the audio lies in the file and how much of it there is. */
interface Mp3Extent {
  first: Mp3Header;
  start: number;
  end: number;
  /** Audio frames, an info frame not counted. */
  frames: number;
}

/**
 * Opens MPEG audio, layers I to III, whose first frame stands at byte `start`. Encoder delay and
 * padding are cut off where the file has a LAME tag.
 *
 * @throws AudioError
 */
export async function openMp3(file: AudioBytes, start: number): Promise<AudioStream> {
  const extent = walkFrames(file, start);
  const info = readMp3Info(file.bytes, start, extent.first);
  if (info) {
    extent.frames--;
    await checkAgainstInfo(file, extent, info);
    if (!info.isKnownToDecoder) extent.start += extent.first.frameBytes;
  }
  const { first, frames } = extent;
  return {
    format: first.layer === 3 ? 'mp3' : `mpeg layer ${first.layer}`,
    sampleRateHz: first.sampleRateHz,
    channels: first.channels,
    maxFrames: frames * first.samplesPerFrame,
    blocks: () => mp3Blocks(file, extent),
  };
}

/** Steps from frame to frame to the end of the audio, so that a gap or a lost end is noticed. */
function walkFrames(file: AudioBytes, start: number): Mp3Extent {
  const { bytes } = file;
  const first = readMp3Header(bytes, start);
  if (!first) throw damaged(file, start);
  let frames = 0;
  let offset = start;
  while (offset < bytes.length && !isTrailer(bytes, offset)) {
    const header = readMp3Header(bytes, offset);
    if (!header) {
      if (bytes.length - offset < 4) throw cutOff(file);
      throw damaged(file, offset);
    }
    if (header.layer !== first.layer || header.sampleRateHz !== first.sampleRateHz) {
      throw damaged(file, offset);
    }
    offset += header.frameBytes;
    if (offset > bytes.length) throw cutOff(file);
    frames++;
  }
  return { first, start, end: offset, frames };
}

const trailers = ['TAG', 'APETAGEX', 'LYRICSBEGIN', 'ID3', '3DI'];

/** Tags after the audio, or nothing but zeros. */
function isTrailer(bytes: Uint8Array, offset: number): boolean {
  if (bytes[offset] === 0xff) return false;
  const text = Buffer.from(bytes.subarray(offset, offset + 11)).toString('latin1');
  if (trailers.some((trailer) => text.startsWith(trailer))) return true;
  return bytes.subarray(offset).every((byte) => byte === 0);
}

async function checkAgainstInfo(file: AudioBytes, extent: Mp3Extent, info: Mp3Info): Promise<void> {
  const { start, end, first, frames } = extent;
  const lostBytes = info.bytes !== null && info.bytes > end - start;
  // Some encoders count the info frame too.
  const lostFrames = info.frames !== null && info.frames > frames + 1;
  if (lostBytes || lostFrames) throw cutOff(file);
  if (info.audioCrc === null || info.bytes !== end - start) return;
  let crc = 0;
  for (let offset = start + first.frameBytes; offset < end; offset += 2 ** 20) {
    crc = mp3Crc(crc, file.bytes.subarray(offset, Math.min(end, offset + 2 ** 20)));
    await yieldToEventLoop();
  }
  if (crc !== info.audioCrc) throw undecodable(file, 'its checksum is wrong');
}

async function* mp3Blocks(
  file: AudioBytes,
  extent: Mp3Extent,
): AsyncGenerator<Float32Array[], void, undefined> {
  const { first, start, end } = extent;
  const decoder = new MPEGDecoder();
  await decoder.ready;
  try {
    for (let offset = start; offset < end; offset += blockBytes) {
      const part = file.bytes.subarray(offset, Math.min(end, offset + blockBytes));
      const { channelData, samplesDecoded, sampleRate } = await decodeChecked(file, () =>
        decoder.decode(part),
      );
      if (samplesDecoded > 0) {
        if (sampleRate !== first.sampleRateHz) throw undecodable(file, 'its sample rate changes');
        // The decoder always gives two channels; of a mono file both are the same.
        yield channelData.slice(0, first.channels);
      }
      await yieldToEventLoop();
    }
  } finally {
    decoder.free();
  }
}

function cutOff(file: AudioBytes): AudioError {
  return new AudioError(
    'truncated',
    file.path,
    'is an MP3 file that ends before its last frame. Copy or download it again.',
  );
}

function damaged(file: AudioBytes, offset: number): AudioError {
  return new AudioError(
    'corrupt',
    file.path,
    `is a damaged MP3 file: no frame at byte ${offset}. Copy, download or encode it again.`,
  );
}
