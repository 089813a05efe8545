import { AudioError } from './audioError.ts';
import type { AudioBytes, AudioStream } from './audioStream.ts';
import { openOggFlac } from './flacStream.ts';
import { oggPackets, readOggPages } from './oggPages.ts';
import { openOpus } from './opusStream.ts';
import { openVorbis } from './vorbisStream.ts';

/**
 * Opens an Ogg file with Opus, Vorbis or FLAC in it.
 *
 * @throws AudioError
 */
export async function openOgg(file: AudioBytes): Promise<AudioStream> {
  const pages = await readOggPages(file);
  const first = oggPackets(file, pages).next();
  const head = first.done ? '' : Buffer.from(first.value.bytes.subarray(0, 8)).toString('latin1');
  if (head === 'OpusHead') return openOpus(file, pages);
  if (head.startsWith('\x01vorbis')) return openVorbis(file, pages);
  if (head.startsWith('\x7fFLAC')) return openOggFlac(file, pages);
  throw new AudioError(
    'unsupported',
    file.path,
    'is an Ogg file without Opus, Vorbis or FLAC audio. ' +
      'Convert it, for example: ffmpeg -i FILE out.wav',
  );
}
