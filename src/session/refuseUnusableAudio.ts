import type { PcmAudio } from '../audio/pcmAudio.ts';
import { BenchError } from '../common/benchError.ts';
import type { AudioWireFormat } from '../dialects/dialect.ts';

/** @throws BenchError `audio_unusable` for audio that an endpoint would misunderstand or refuse. */
export function refuseUnusableAudio(
  audio: PcmAudio,
  dialectLabel: string,
  format: AudioWireFormat,
): void {
  if (audio.samples.length === 0) {
    throw new BenchError('audio_unusable', 'The audio holds no samples: leave this item out.');
  }
  if (audio.sampleRateHz !== format.sampleRateHz) {
    throw new BenchError(
      'audio_unusable',
      `The audio has ${audio.sampleRateHz} Hz but ${dialectLabel} takes ${format.sampleRateHz} Hz:` +
        ' convert it first.',
    );
  }
}
