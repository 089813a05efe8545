import * as z from 'zod';

const longestSeconds = 1e6;

/** A time in seconds as whole milliseconds; null for what is no time. */
export const secondsAsMs = z
  .number()
  .min(0)
  .max(longestSeconds)
  .transform((seconds) => Math.round(seconds * 1000))
  .nullable()
  .catch(null);
