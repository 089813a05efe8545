import { findNodeAtLocation, type Node } from 'jsonc-parser';

export interface NodePlace {
  offset: number;
  length: number;
}

/**
 * Where the value at a path is; for a property that is there, with its key's place where
 * `part` is `key`. Where it is missing, its nearest ancestor.
 */
export function placeOf(
  tree: Node,
  path: readonly (string | number)[],
  part: 'value' | 'key' = 'value',
): NodePlace {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (!node) continue;
    const key =
      part === 'key' && node.parent?.type === 'property' ? node.parent.children?.[0] : null;
    const { offset, length: chars } = key ?? node;
    return { offset, length: chars };
  }
  // The whole would mark every line.
  return { offset: tree.offset, length: Math.min(1, tree.length) };
}
