/** A low-pass filter to design. Frequencies are in cycles per sample. */
export interface LowPassSpec {
  /** Up to here the level stays as it is. */
  passEnd: number;
  /** From here on nothing is left. */
  stopStart: number;
  /** How far the stop band is suppressed; the ripple of the pass band is as small. */
  attenuationDb: number;
}

/**
 * The impulse response of a linear-phase low-pass filter, as a function of the distance from its
 * centre in samples; 0 from `halfLength` on. Its integral is 1.
 *
 * A sinc with a Kaiser window (J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh
 * window function", 1974), its length and β by Kaiser's formulas as in Oppenheim and Schafer,
 * "Discrete-Time Signal Processing", section 7.5.
 */
export interface WindowedSinc {
  halfLength: number;
  at: (distance: number) => number;
}

export function windowedSinc({ passEnd, stopStart, attenuationDb }: LowPassSpec): WindowedSinc {
  const halfLength = (attenuationDb - 7.95) / (14.36 * (stopStart - passEnd)) / 2;
  const bandwidth = passEnd + stopStart;
  const beta = 0.1102 * (attenuationDb - 8.7);
  const windowScale = 1 / besselI0(beta);
  const at = (distance: number): number => {
    const position = distance / halfLength;
    if (Math.abs(position) >= 1) return 0;
    const window = besselI0(beta * Math.sqrt(1 - position * position)) * windowScale;
    return bandwidth * sinc(bandwidth * distance) * window;
  };
  return { halfLength, at };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** The modified Bessel function of the first kind and order 0, by its power series. */
function besselI0(x: number): number {
  const quarterSquare = (x * x) / 4;
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= quarterSquare / (k * k);
    sum += term;
  }
  return sum;
}
