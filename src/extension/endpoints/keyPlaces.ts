import * as z from 'zod/mini';

const placesSchema = z.array(z.object({ origin: z.string(), name: z.string() }));

/** Where a key belongs: the endpoint's name, and the origin it was entered for. */
export type KeyPlace = z.infer<typeof placesSchema>[number];

/** The places as they were remembered; none where another version remembered them otherwise. */
export function parseKeyPlaces(remembered: unknown): KeyPlace[] {
  const parsed = placesSchema.safeParse(remembered);
  return parsed.success ? parsed.data : [];
}
