/** A sine found in a signal by least squares, and what is left of the signal without it. */
export interface ToneFit {
  amplitude: number;
  residualRms: number;
}

/** Tones one after another in one signal, each in its own slot, so one conversion measures many. */
export interface ToneSeries {
  samples: Float32Array;
  sampleRateHz: number;
  frequenciesHz: number[];
}

export const toneAmplitude = 0.5;
const slotSeconds = 0.2;
/** Left out at either end of a slot: longer than half of any filter measured here. */
const marginSeconds = 0.05;

/** One slot of tone per frequency. */
export function toneSeries(sampleRateHz: number, frequenciesHz: number[]): ToneSeries {
  const slot = Math.round(slotSeconds * sampleRateHz);
  const samples = new Float32Array(slot * frequenciesHz.length);
  frequenciesHz.forEach((frequencyHz, index) => {
    const step = (2 * Math.PI * frequencyHz) / sampleRateHz;
    for (let i = 0; i < slot; i++) {
      samples[index * slot + i] = toneAmplitude * Math.sin(step * i + 0.3);
    }
  });
  return { samples, sampleRateHz, frequenciesHz };
}

/** The steady middle of slot number `index` in a converted series. */
export function slotMiddle(
  converted: Float32Array,
  sampleRateHz: number,
  index: number,
): Float32Array {
  const start = Math.round((index * slotSeconds + marginSeconds) * sampleRateHz);
  const end = Math.round(((index + 1) * slotSeconds - marginSeconds) * sampleRateHz);
  return converted.subarray(start, end);
}

/** Least-squares fit of a·cos + b·sin at a known frequency. */
export function fitTone(samples: Float32Array, sampleRateHz: number, frequencyHz: number): ToneFit {
  const step = (2 * Math.PI * frequencyHz) / sampleRateHz;
  let cc = 0;
  let ss = 0;
  let cs = 0;
  let xc = 0;
  let xs = 0;
  samples.forEach((x, i) => {
    const c = Math.cos(step * i);
    const s = Math.sin(step * i);
    cc += c * c;
    ss += s * s;
    cs += c * s;
    xc += x * c;
    xs += x * s;
  });
  const determinant = cc * ss - cs * cs;
  const a = (xc * ss - xs * cs) / determinant;
  const b = (xs * cc - xc * cs) / determinant;
  let power = 0;
  samples.forEach((x, i) => {
    const left = x - a * Math.cos(step * i) - b * Math.sin(step * i);
    power += left * left;
  });
  return { amplitude: Math.hypot(a, b), residualRms: Math.sqrt(power / samples.length) };
}

/** Root mean square. */
export function rms(samples: Float32Array): number {
  let power = 0;
  for (const x of samples) power += x * x;
  return Math.sqrt(power / samples.length);
}

export function decibels(ratio: number): number {
  return 20 * Math.log10(ratio);
}
