import { findNodeAtLocation, type JSONPath, type Node } from 'jsonc-parser';
import { planFileJsonSchema } from '../../planfile/planFileJsonSchema.ts';

/** A part of the published schema, as far as editors tell of it. */
export interface SchemaPart {
  type?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  enumDescriptions?: string[];
  properties?: Record<string, SchemaPart>;
  required?: string[];
  items?: SchemaPart;
  anyOf?: SchemaPart[];
  oneOf?: SchemaPart[];
}

let schema: SchemaPart | null = null;

/**
 * What the schema says of a place: its alternatives; empty where it knows no such place.
 *
 * @param tree what is written: alternatives that it contradicts are left out
 */
export function schemaParts(path: JSONPath, tree: Node | null): SchemaPart[] {
  schema ??= planFileJsonSchema();
  return path.reduce<SchemaPart[]>((parts, key, depth) => {
    const owner = nodeAt(tree, path.slice(0, depth));
    return parts
      .filter((part) => fits(part, owner, key))
      .flatMap((part) => alternatives(within(part, key)));
  }, alternatives(schema));
}

/** What the schema says of an object as it is written so far. */
export function objectParts(path: JSONPath, tree: Node | null): SchemaPart[] {
  const node = nodeAt(tree, path);
  return schemaParts(path, tree).filter((part) => fits(part, node, null));
}

function nodeAt(tree: Node | null, path: JSONPath): Node | null {
  return (tree && findNodeAtLocation(tree, path)) ?? null;
}

/** Whether an object may be of this kind by the members that tell kinds apart, but for one. */
function fits(
  { properties = {} }: SchemaPart,
  node: Node | null,
  except: string | number | null,
): boolean {
  return Object.entries(properties).every(([key, { const: only }]) => {
    if (only === undefined || key === except) return true;
    const written = nodeAt(node, [key]);
    return written === null || written.value === only;
  });
}

function within({ items, properties }: SchemaPart, key: string | number): SchemaPart | undefined {
  if (typeof key === 'number') return items;
  return properties && Object.hasOwn(properties, key) ? properties[key] : undefined;
}

function alternatives(part: SchemaPart | undefined): SchemaPart[] {
  if (!part) return [];
  const parts = part.anyOf ?? part.oneOf;
  return parts?.flatMap(alternatives).map((each) => ({ ...described(part), ...each })) ?? [part];
}

/** What is said of all alternatives holds where one says nothing of itself. */
function described({ description, default: usual }: SchemaPart): SchemaPart {
  return {
    ...(description !== undefined && { description }),
    ...(usual !== undefined && { default: usual }),
  };
}
