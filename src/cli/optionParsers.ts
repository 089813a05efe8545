import { InvalidArgumentError } from 'commander';

/** A whole number from 1; for `commander`. */
export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError('Give a whole number from 1.');
  }
  return value;
}

/** A whole number; for `commander`. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value)) {
    throw new InvalidArgumentError('Give a whole number.');
  }
  return value;
}

/** A number above 0; for `commander`. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError('Give a number above 0.');
  }
  return value;
}

/** Seconds, as milliseconds; for `commander`. */
export function secondsAsMs(text: string): number {
  return Math.max(1, Math.round(positiveNumber(text) * 1000));
}

/** A TCP port, 0 for any free one; for `commander`. */
export function portNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) {
    throw new InvalidArgumentError('Give a port from 0 to 65535.');
  }
  return value;
}

/** Collects an option that may be given several times; for `commander`. */
export function collect(text: string, earlier: string[]): string[] {
  return [...earlier, text];
}
