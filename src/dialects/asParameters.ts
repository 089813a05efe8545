/** Options that are query parameters of the same name; those that are not given are left out. */
export function asParameters<Name extends string>(
  options: Readonly<Partial<Record<Name, string | number | boolean | undefined>>>,
  names: readonly Name[],
): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = options[name];
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );
}
