import * as z from 'zod/mini';

/** How the numbers of a metric are written, as `report/formatFigure.ts` does it. */
export const figureFormatSchema = z.object({
  unit: z.string(),
  differenceUnit: z.string(),
  scale: z.number(),
  decimals: z.int().check(z.nonnegative()),
});
