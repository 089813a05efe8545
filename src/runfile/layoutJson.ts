/**
 * JSON with one entry per line down to `depth` levels, and each entry below that on one line:
 * readable, and stable in a version-control diff. Yields the text in parts.
 */
export function* layoutJson(value: unknown, depth: number, indent = ''): Generator<string> {
  if (depth === 0 || typeof value !== 'object' || value === null) {
    yield JSON.stringify(value);
    return;
  }
  const isArray = Array.isArray(value);
  const entries = isArray
    ? value.map((item: unknown): [string, unknown] => ['', item])
    : Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) {
    yield isArray ? '[]' : '{}';
    return;
  }
  const inner = `${indent}  `;
  let separator = isArray ? '[\n' : '{\n';
  for (const [key, item] of entries) {
    yield `${separator}${inner}${isArray ? '' : `${JSON.stringify(key)}: `}`;
    yield* layoutJson(item, depth - 1, inner);
    separator = ',\n';
  }
  yield `\n${indent}${isArray ? ']' : '}'}`;
}
