import * as z from 'zod';

/** Query parameters as an option of an endpoint: a list stands for a parameter that is repeated. */
export const queryOption = z
  .record(z.string(), z.union([z.string(), z.array(z.string())]))
  .default({});

/** A URL with these query parameters; null is none, and those that the URL has already are kept. */
export function withQuery(
  url: string,
  parameters: Readonly<Record<string, string | string[] | null>>,
): string {
  const extended = new URL(url);
  const own = new Set(extended.searchParams.keys());
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || own.has(name)) continue;
    for (const each of [value].flat()) extended.searchParams.append(name, each);
  }
  return extended.href;
}
