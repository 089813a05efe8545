import type { Node } from 'jsonc-parser';

/** Keys that their object has already, each where it stands again. */
export function repeatedKeys(node: Node): Node[] {
  const children = node.children ?? [];
  if (node.type !== 'object') return children.flatMap(repeatedKeys);
  const seen = new Set<unknown>();
  return children.flatMap((property) => {
    const [key, value] = property.children ?? [];
    if (!key) return [];
    const again = seen.has(key.value) ? [key] : [];
    seen.add(key.value);
    return [...again, ...(value ? repeatedKeys(value) : [])];
  });
}
