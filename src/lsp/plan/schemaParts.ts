import type { JSONPath } from 'jsonc-parser';
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

/** What the schema says of a place: its alternatives; empty where it knows no such place. */
export function schemaParts(path: JSONPath): SchemaPart[] {
  schema ??= planFileJsonSchema();
  return path.reduce<SchemaPart[]>(
    (parts, key) => parts.flatMap((part) => alternatives(within(part, key))),
    alternatives(schema),
  );
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
