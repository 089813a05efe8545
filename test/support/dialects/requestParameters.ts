import type { IncomingMessage } from 'node:http';

/** The parameters of a request's address; those that are repeated as lists. */
export function requestParameters({ url }: IncomingMessage): Record<string, string | string[]> {
  const { searchParams } = new URL(url ?? '/', 'ws://host');
  const names = [...new Set(searchParams.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const all = searchParams.getAll(name);
      return [name, all.length === 1 ? all[0]! : all];
    }),
  );
}
