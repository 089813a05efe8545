/** The mean of all channels, sample by sample: never louder than the loudest channel. */
export function mixDown(channels: Float32Array[]): Float32Array {
  const [first, ...others] = channels;
  if (!first) throw new RangeError('mixDown needs at least one channel.');
  if (others.length === 0) return first;
  return first.map((sample, i) => {
    let sum = sample;
    for (const other of others) sum += other[i]!;
    return sum / channels.length;
  });
}
