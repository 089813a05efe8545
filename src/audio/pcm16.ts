const fullScale = 2 ** 15;

/**
 * Rounds samples (full scale ±1) to 16 bits; what lies outside is clipped. No dither: it would add
 * noise to audio that a recogniser hears, and make two runs on one file differ.
 */
export function pcm16FromSamples(samples: Float32Array): Int16Array {
  const pcm = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i++) {
    const scaled = Math.round(samples[i]! * fullScale);
    pcm[i] = Math.max(-fullScale, Math.min(fullScale - 1, scaled));
  }
  return pcm;
}
