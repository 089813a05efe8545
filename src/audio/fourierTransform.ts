/**
 * The discrete Fourier transform of complex signals of one length, in place: the radix-2 algorithm
 * of Cooley and Tukey, "An algorithm for the machine calculation of complex Fourier series", 1965.
 */
export class FourierTransform {
  readonly #size: number;
  readonly #cosines: Float64Array;
  readonly #sines: Float64Array;
  readonly #reversed: Uint32Array;

  /** @param size a power of two, at least 2 */
  constructor(size: number) {
    this.#size = size;
    const angle = (k: number): number => (2 * Math.PI * k) / size;
    this.#cosines = Float64Array.from({ length: size / 2 }, (_, k) => Math.cos(angle(k)));
    this.#sines = Float64Array.from({ length: size / 2 }, (_, k) => Math.sin(angle(k)));
    this.#reversed = bitReversal(size);
  }

  /** To frequencies; swap the two arrays in the call to come back, scaled by `size`. */
  transform(real: Float64Array, imaginary: Float64Array): void {
    this.#reorder(real, imaginary);
    for (let half = 1; half < this.#size; half *= 2) {
      butterflies(real, imaginary, half, this.#cosines, this.#sines);
    }
  }

  #reorder(real: Float64Array, imaginary: Float64Array): void {
    for (let i = 0; i < this.#size; i++) {
      const j = this.#reversed[i]!;
      if (j <= i) continue;
      const re = real[i]!;
      real[i] = real[j]!;
      real[j] = re;
      const im = imaginary[i]!;
      imaginary[i] = imaginary[j]!;
      imaginary[j] = im;
    }
  }
}

/** Joins transforms of `half` samples into transforms of twice as many. */
function butterflies(
  real: Float64Array,
  imaginary: Float64Array,
  half: number,
  cosines: Float64Array,
  sines: Float64Array,
): void {
  const size = real.length;
  const stride = cosines.length / half;
  for (let start = 0; start < size; start += 2 * half) {
    for (let k = 0, a = start, b = start + half; k < half; k++, a++, b++) {
      const cosine = cosines[k * stride]!;
      const sine = sines[k * stride]!;
      const re = real[b]! * cosine + imaginary[b]! * sine;
      const im = imaginary[b]! * cosine - real[b]! * sine;
      const aRe = real[a]!;
      const aIm = imaginary[a]!;
      real[b] = aRe - re;
      imaginary[b] = aIm - im;
      real[a] = aRe + re;
      imaginary[a] = aIm + im;
    }
  }
}

function bitReversal(size: number): Uint32Array {
  const reversed = new Uint32Array(size);
  for (let i = 1; i < size; i++) {
    reversed[i] = (reversed[i >> 1]! >> 1) | (i & 1 ? size / 2 : 0);
  }
  return reversed;
}
