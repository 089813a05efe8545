import {
  decibels,
  fitTone,
  rms,
  slotMiddle,
  toneAmplitude,
  toneSeries,
} from './toneMeasurement.ts';

/** A sample-rate converter under test. */
export interface Converter {
  name: string;
  toFloat: (samples: Float32Array, fromHz: number, toHz: number) => Float32Array;
  to16Bits: (samples: Float32Array, fromHz: number, toHz: number) => Int16Array;
}

/** All in dB; each is the worst over its tones. */
export interface ResamplerQuality {
  /** Largest deviation of the level from 0 dB in the pass band. */
  passBandDb: number;
  /**
   * Downwards: how far tones that the lower rate cannot hold are suppressed. Upwards: how far the
   * images of tones over the whole input band are suppressed.
   */
  rejectionDb: number;
  /** Tones of the pass band against all that is not the tone. */
  signalToNoiseDb: number;
  /** The same after rounding to 16 bits. */
  signalToNoise16Db: number;
}

/** The pass band measured, as a part of the lower rate. */
export const passBandEnd = 0.45;

export function measureQuality(
  converter: Converter,
  fromHz: number,
  toHz: number,
): ResamplerQuality {
  const passBandHz = passBandEnd * Math.min(fromHz, toHz);
  const series = toneSeries(fromHz, frequencies(50, passBandHz, 60));
  const converted = converter.toFloat(series.samples, fromHz, toHz);
  const converted16 = converter.to16Bits(series.samples, fromHz, toHz);
  const float = toneFits(converted, toHz, series.frequenciesHz);
  const rounded = Float32Array.from(converted16, (value) => value / 32768);
  const bits16 = toneFits(rounded, toHz, series.frequenciesHz);
  const levels = float.map((fit) => Math.abs(decibels(fit.amplitude / toneAmplitude)));
  return {
    passBandDb: Math.max(...levels),
    rejectionDb: rejectionDb(converter, fromHz, toHz),
    signalToNoiseDb: Math.min(...float.map(signalToNoise)),
    signalToNoise16Db: Math.min(...bits16.map(signalToNoise)),
  };
}

function rejectionDb(converter: Converter, fromHz: number, toHz: number): number {
  const toneRms = toneAmplitude * Math.SQRT1_2;
  const downwards = fromHz > toHz;
  const series = downwards
    ? toneSeries(fromHz, frequencies(1.0005 * (toHz / 2), 0.9995 * (fromHz / 2), 80))
    : toneSeries(fromHz, frequencies(50, 0.9995 * (fromHz / 2), 80));
  const converted = converter.toFloat(series.samples, fromHz, toHz);
  const left = downwards
    ? series.frequenciesHz.map((_, index) => rms(slotMiddle(converted, toHz, index)))
    : toneFits(converted, toHz, series.frequenciesHz).map((fit) => fit.residualRms);
  return -decibels(Math.max(...left) / toneRms);
}

function toneFits(
  converted: Float32Array,
  rateHz: number,
  frequenciesHz: number[],
): ReturnType<typeof fitTone>[] {
  return frequenciesHz.map((frequencyHz, index) =>
    fitTone(slotMiddle(converted, rateHz, index), rateHz, frequencyHz),
  );
}

function signalToNoise(fit: { amplitude: number; residualRms: number }): number {
  return decibels((fit.amplitude * Math.SQRT1_2) / fit.residualRms);
}

/** Evenly spaced, both ends included. */
function frequencies(lowestHz: number, highestHz: number, count: number): number[] {
  const step = (highestHz - lowestHz) / (count - 1);
  return Array.from({ length: count }, (_, i) => lowestHz + i * step);
}
