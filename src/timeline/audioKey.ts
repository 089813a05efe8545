/**
 * Names the audio that a session heard: its content, as sent at a sample rate.
 *
 * @param content a hash of the audio, or its path
 */
export function audioKeyOf(content: string, sampleRateHz: number): string {
  return `${content}-${sampleRateHz}`;
}

/** The content alone: endpoints that take other rates heard the same. */
export function contentOfAudioKey(audioKey: string): string {
  return audioKey.replace(/-\d+$/, '');
}
