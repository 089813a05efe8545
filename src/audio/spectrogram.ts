import { FourierTransform } from './fourierTransform.ts';

/** The frequencies from 0 to half the sample rate, in equal parts. */
export const spectrogramBins = 128;

/** What counts as silence, in dB of full scale. Levels go from there to 0 dB. */
const quietestDb = -90;
const loudestLevel = 255;

/** At 16 kHz; 32 ms, and as near to it as a power of two comes at other rates. */
const windowSamplesAt16Khz = 512;

/** Samples of one window: a power of two, with at least one spectral line for each bin. */
export function spectrogramWindow(sampleRateHz: number): number {
  const wanted = (windowSamplesAt16Khz * sampleRateHz) / 16_000;
  return Math.max(2 * spectrogramBins, 2 ** Math.round(Math.log2(wanted)));
}

/**
 * Spectra of stretches of sound, as levels to be drawn: Hann window, discrete Fourier transform,
 * power in dB where a sine at full scale is 0 dB (Heinzel, Rüdiger and Schilling, "Spectrum and
 * spectral density estimation by the DFT", 2002, section 9: divided by half the window's sum).
 */
export class Spectrogram {
  /** Samples that {@link column} wants. */
  readonly windowSamples: number;
  readonly #window: Float64Array;
  readonly #fourier: FourierTransform;
  readonly #real: Float64Array;
  readonly #imaginary: Float64Array;
  /** The amplitude that a sine at full scale has in its spectral line. */
  readonly #fullScale: number;

  constructor(sampleRateHz: number) {
    const size = spectrogramWindow(sampleRateHz);
    this.windowSamples = size;
    this.#window = Float64Array.from(
      { length: size },
      (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size),
    );
    this.#fourier = new FourierTransform(size);
    this.#real = new Float64Array(size);
    this.#imaginary = new Float64Array(size);
    this.#fullScale = (2 ** 15 * this.#window.reduce((sum, weight) => sum + weight, 0)) / 2;
  }

  /**
   * The levels of one window, low to high frequency: 0 at -90 dB and below, 255 at 0 dB. Each is
   * the loudest of its spectral lines.
   *
   * @param samples {@link windowSamples} many
   */
  column(samples: Int16Array): Uint8Array {
    for (let i = 0; i < this.windowSamples; i++) {
      this.#real[i] = samples[i]! * this.#window[i]!;
      this.#imaginary[i] = 0;
    }
    this.#fourier.transform(this.#real, this.#imaginary);
    const linesPerBin = this.windowSamples / 2 / spectrogramBins;
    return Uint8Array.from({ length: spectrogramBins }, (_, bin) => {
      let loudest = 0;
      // The first line is the mean, which is not heard.
      const first = Math.max(1, bin * linesPerBin);
      for (let line = first; line < (bin + 1) * linesPerBin; line++) {
        loudest = Math.max(loudest, Math.hypot(this.#real[line]!, this.#imaginary[line]!));
      }
      return levelOf(loudest / this.#fullScale);
    });
  }
}

function levelOf(amplitude: number): number {
  const db = 20 * Math.log10(Math.max(amplitude, Number.MIN_VALUE));
  const level = Math.round((1 - db / quietestDb) * loudestLevel);
  return Math.max(0, Math.min(loudestLevel, level));
}
