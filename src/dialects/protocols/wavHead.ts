const headBytes = 44;
const sampleBytes = 2;

/** The head of a WAV file of mono 16-bit PCM: RIFF, `fmt ` with format 1, `data`. */
export function wavHead(sampleRateHz: number, totalSamples: number): Uint8Array {
  const dataBytes = totalSamples * sampleBytes;
  const head = new Uint8Array(headBytes);
  const view = new DataView(head.buffer);
  const name = (at: number, letters: string): void => {
    for (let index = 0; index < letters.length; index++)
      head[at + index] = letters.charCodeAt(index);
  };
  name(0, 'RIFF');
  view.setUint32(4, headBytes - 8 + dataBytes, true);
  name(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, sampleRateHz * sampleBytes, true);
  view.setUint16(32, sampleBytes, true);
  view.setUint16(34, sampleBytes * 8, true);
  name(36, 'data');
  view.setUint32(40, dataBytes, true);
  return head;
}
