/**
 * Probability that a variable of Student's t distribution is at most t. Exact finite series for
 * whole degrees of freedom ν (Abramowitz and Stegun 26.7.3 and 26.7.4): with θ = arctan(t/√ν) the
 * probability of being at most |t| from 0 is
 *
 * - for odd ν: 2/π (θ + sin θ (cos θ + 2/3 cos³θ + … + 2·4…(ν−3) / 3·5…(ν−2) cos^(ν−2) θ))
 * - for even ν: sin θ (1 + 1/2 cos²θ + … + 1·3…(ν−3) / 2·4…(ν−2) cos^(ν−2) θ)
 */
export function studentTCdf(t: number, degreesOfFreedom: number): number {
  if (!Number.isInteger(degreesOfFreedom) || degreesOfFreedom < 1) {
    throw new RangeError('The t distribution needs a whole number of degrees of freedom from 1.');
  }
  return 0.5 + (Math.sign(t) * withinProbability(Math.abs(t), degreesOfFreedom)) / 2;
}

function withinProbability(t: number, degreesOfFreedom: number): number {
  const angle = Math.atan(t / Math.sqrt(degreesOfFreedom));
  const cosine = Math.cos(angle);
  const isOdd = degreesOfFreedom % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = degreesOfFreedom === 1 ? 0 : term;
  for (let factor = isOdd ? 2 : 1; factor <= degreesOfFreedom - 3; factor += 2) {
    term *= (factor / (factor + 1)) * cosine * cosine;
    sum += term;
  }
  const series = Math.sin(angle) * sum;
  return isOdd ? (2 / Math.PI) * (angle + series) : series;
}
