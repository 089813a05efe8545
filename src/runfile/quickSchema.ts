import * as z from 'zod';

/**
 * What a schema accepts, checked by one function where that is enough: for lists of numbers many
 * times as fast as entry by entry, and without a copy of them. What the function does not accept,
 * the schema judges, and says what is wrong where.
 *
 * @param isGood true only for what the schema accepts as it is
 */
export function quickSchema<Output>(
  schema: z.ZodType<Output>,
  isGood: (value: unknown) => boolean,
): z.ZodType<Output> {
  const published: Record<string, unknown> = { ...z.toJSONSchema(schema, { io: 'input' }) };
  delete published.$schema;
  const quick = z.unknown().check((context) => {
    if (isGood(context.value)) return;
    const judged = schema.safeParse(context.value);
    if (judged.success) context.value = judged.data;
    else context.issues.push(...(judged.error.issues as typeof context.issues));
  });
  return quick.meta(published) as z.ZodType as z.ZodType<Output>;
}

/** A list, checked by a function of its entries. */
export function quickList<Entry>(
  entry: z.ZodType<Entry>,
  isGood: (value: unknown) => boolean,
): z.ZodType<Entry[]> {
  return quickSchema(z.array(entry), (value) => Array.isArray(value) && value.every(isGood));
}

/** An object of any keys, checked by a function of its values. */
export function quickRecord<Value>(
  values: z.ZodType<Value>,
  isGood: (value: unknown) => boolean,
): z.ZodType<Record<string, Value>> {
  return quickSchema(z.object({}).catchall(values), (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    for (const key in value) {
      if (key === '__proto__' || !isGood((value as Record<string, unknown>)[key])) return false;
    }
    return true;
  });
}
