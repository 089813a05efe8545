/** Below this the series is used, above it the continued fraction: both are good to 1e-13 here. */
const seriesLimit = 2;

/** Complementary error function, 2/√π ∫ exp(-t²) dt from x to infinity; relative error below 1e-12. */
export function complementaryErrorFunction(x: number): number {
  if (x < 0) return 2 - complementaryErrorFunction(-x);
  return x < seriesLimit ? 1 - errorFunctionSeries(x) : upperTail(x);
}

/** erf(x) = 2/√π exp(-x²) Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1)); no term is negative (DLMF 7.6.2). */
function errorFunctionSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** √π exp(x²) erfc(x) = 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))) (DLMF 7.9.1), from the inside. */
function upperTail(x: number): number {
  const depth = Math.ceil(20 + 400 / (x * x));
  let fraction = x;
  for (let n = depth; n >= 1; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}
