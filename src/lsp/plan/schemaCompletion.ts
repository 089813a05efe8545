import { findNodeAtLocation, type JSONPath } from 'jsonc-parser';
import type { Place } from '../remarks/place.ts';
import type { Completion } from './completion.ts';
import type { PlanDocument } from './planDocument.ts';
import { objectParts, schemaParts, type SchemaPart } from './schemaParts.ts';

/**
 * The keys that an object may have besides those that it has.
 *
 * @param path to the key that is being written, which counts as not there yet
 * @param replace what of it is written, quotes included
 */
export function keyCompletions(
  { text, tree }: PlanDocument,
  path: JSONPath,
  replace: Place,
): Completion[] {
  const owner = path.slice(0, -1);
  const present = tree && findNodeAtLocation(tree, owner)?.children;
  const others = (present ?? []).flatMap(({ children }) => {
    const [key] = children ?? [];
    return key && key.offset !== replace.offset ? [String(key.value)] : [];
  });
  const hasColon = /^\s*:/.test(text.slice(replace.offset + replace.length));
  const completions = objectParts(owner, tree).flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties)
      .filter(([key]) => !others.includes(key) && key !== '$schema')
      .map(([key, part]): Completion => ({
        label: key,
        kind: 'key',
        detail: required.includes(key) ? 'required' : usualText(part),
        documentation: part.description ?? '',
        replace,
        newText: `"${key}"${hasColon ? '' : ': '}`,
      })),
  );
  return eachOnce(completions);
}

/** The values that the schema names for a place, as they are written. */
export function valueCompletions(
  { tree }: PlanDocument,
  path: JSONPath,
  replace: Place,
): Completion[] {
  const completions = schemaParts(path, tree).flatMap((part) =>
    namedValues(part).map((value, at): Completion => ({
      label: String(value),
      kind: 'value',
      detail: part.enumDescriptions?.[at] ?? '',
      documentation: part.description ?? '',
      replace,
      newText: JSON.stringify(value),
    })),
  );
  return eachOnce(completions);
}

/** Alternatives may share a key or a value. */
function eachOnce(completions: readonly Completion[]): Completion[] {
  return [...new Map(completions.map((each) => [each.label, each])).values()];
}

function namedValues({ type, const: only, enum: several }: SchemaPart): unknown[] {
  if (type === 'boolean') return [true, false];
  return several ?? (only === undefined ? [] : [only]);
}

/** What counts where a property is left out. */
function usualText({ default: usual }: SchemaPart): string {
  return usual === undefined || usual === null ? '' : `without it ${JSON.stringify(usual)}`;
}
