import { AudioError } from './audioError.ts';
import type { AudioBytes, AudioStream } from './audioStream.ts';
import { openFlac } from './flacStream.ts';
import { endOfId3v2 } from './id3v2.ts';
import { readMp3Header } from './mp3Header.ts';
import { openMp3 } from './mp3Stream.ts';
import { openOgg } from './openOgg.ts';
import { namedFormat } from './namedFormat.ts';
import { openWav } from './wavStream.ts';

/**
 * Recognises the format by the bytes, whatever the file is called, and reads its headers.
 *
 * @throws AudioError
 */
export async function openAudio(file: AudioBytes): Promise<AudioStream> {
  const { bytes } = file;
  if (/^(RIFF|RF64)/.test(latin1(bytes, 0, 4))) {
    if (bytes.length < 12) throw onlyABeginning(file);
    if (latin1(bytes, 8, 4) === 'WAVE') return openWav(file);
  }
  if (latin1(bytes, 0, 4) === 'OggS') return openOgg(file);
  const start = endOfId3v2(bytes, 0);
  if (start > 0 && start >= bytes.length) throw onlyABeginning(file);
  if (latin1(bytes, start, 4) === 'fLaC') return openFlac(file, start);
  const mp3Start = findMp3Start(bytes, start);
  if (mp3Start !== null) return openMp3(file, mp3Start);
  throw notDecodable(file);
}

/** After a tag, zeros may fill up before the first frame. Two frames must follow each other. */
function findMp3Start(bytes: Uint8Array, start: number): number | null {
  let offset = start;
  while (start > 0 && bytes[offset] === 0) offset++;
  const first = readMp3Header(bytes, offset);
  if (!first) return null;
  const next = offset + first.frameBytes;
  const second = readMp3Header(bytes, next);
  const follows = second?.layer === first.layer && second.sampleRateHz === first.sampleRateHz;
  // A file of one frame, or one that is cut off within its first two.
  const endsEarly = next + 4 > bytes.length;
  return follows || endsEarly ? offset : null;
}

function notDecodable(file: AudioBytes): AudioError {
  const named = namedFormat(file.bytes);
  if (named) {
    return new AudioError(named.reason, file.path, `is ${named.name}. ${named.remedy}`);
  }
  return new AudioError(
    'unknown_format',
    file.path,
    'is not WAV, FLAC, MP3, Ogg Vorbis or Ogg Opus by its content. ' +
      'Check that it is audio, or convert it, for example: ffmpeg -i FILE out.wav',
  );
}

function onlyABeginning(file: AudioBytes): AudioError {
  const problem = 'ends within its first header. Copy or download it again.';
  return new AudioError('truncated', file.path, problem);
}

function latin1(bytes: Uint8Array, start: number, length: number): string {
  return Buffer.from(bytes.subarray(start, start + length)).toString('latin1');
}
