import { format, type Node } from 'jsonc-parser';
import { dialectOf } from './planEndpoints.ts';
import type { TextEdit } from '../remarks/finding.ts';
import type { OutlineSymbol } from '../remarks/outlineSymbol.ts';
import { contains, type Place } from '../remarks/place.ts';
import { valueOf, type PlanDocument } from './planDocument.ts';
import { stringPart } from './stringPart.ts';

/** The outline of a plan. */
export function planSymbols(document: PlanDocument): OutlineSymbol[] {
  const properties = document.tree?.type === 'object' ? (document.tree.children ?? []) : [];
  return properties.flatMap((property) => {
    const [key, value] = property.children ?? [];
    if (!key || !value || key.value === '$schema') return [];
    return [symbolOf(document, property, String(key.value), value)];
  });
}

function symbolOf(
  document: PlanDocument,
  property: Node,
  name: string,
  value: Node,
): OutlineSymbol {
  const { offset, length } = property;
  const detail = value.children ? '' : String(value.value);
  const children = childrenOf(document, name);
  const kind = value.type === 'array' ? 'list' : 'property';
  return {
    name,
    detail,
    kind,
    offset,
    length,
    selection: place(property.children?.[0] ?? property),
    children,
  };
}

function childrenOf(
  { endpoints, datasets, thresholds }: PlanDocument,
  key: string,
): OutlineSymbol[] {
  if (key === 'endpoints') {
    return endpoints.flatMap((entry) =>
      entry.id
        ? leaf('endpoint', entry.id.value, dialectOf(entry, []) ?? 'by name', entry.node, entry.id)
        : [],
    );
  }
  if (key === 'datasets') {
    return datasets.map(({ node, path }) => leaf('dataset', path.value, '', node, path));
  }
  if (key !== 'thresholds') return [];
  return thresholds.map(({ part }) => leaf('threshold', part.value, '', part, part));
}

function leaf(
  kind: OutlineSymbol['kind'],
  name: string,
  detail: string,
  whole: Place,
  selection: Place,
): OutlineSymbol {
  return {
    // Outlines refuse empty names.
    name: name.trim() || '(empty)',
    detail,
    kind,
    ...place(whole),
    selection: place(selection),
    children: [],
  };
}

function place({ offset, length }: Place): Place {
  return { offset, length };
}

/** Objects and lists over several lines, which can be folded away. */
export function planFolds({ tree, text }: PlanDocument): Place[] {
  const folds: Place[] = [];
  const visit = (node: Node): void => {
    const isContainer = node.type === 'object' || node.type === 'array';
    const { offset, length } = node;
    const newline = text.indexOf('\n', offset);
    if (isContainer && newline !== -1 && newline < offset + length) {
      folds.push({ offset, length });
    }
    node.children?.forEach(visit);
  };
  if (tree) visit(tree);
  return folds;
}

/** Lays a plan, or a part of it, out anew. */
export function formatPlan(
  { text }: Pick<PlanDocument, 'text'>,
  range: Place | null,
  { tabSize, insertSpaces }: { tabSize: number; insertSpaces: boolean },
): TextEdit[] {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const options = { tabSize, insertSpaces, eol, insertFinalNewline: true };
  return format(text, range ?? undefined, options).map(({ offset, length, content }) => {
    return { offset, length, newText: content };
  });
}

/** The id at a place that a rename would change; null where there is none. */
export function renameableAt(document: PlanDocument, offset: number): Place | null {
  const entry = document.endpoints.find(({ id }) => id && contains(id, offset));
  return entry?.isInline === true && entry.id ? place(entry.id) : null;
}

/**
 * The edits that give an endpoint of the plan another id; a text that says why not.
 */
export function renameEndpoint(
  document: PlanDocument,
  offset: number,
  newId: string,
): TextEdit[] | string {
  const target = document.endpoints.find(({ id }) => id && contains(id, offset));
  if (!target?.id) return 'There is no endpoint here.';
  if (!target.isInline) return 'This endpoint is defined in the settings: rename it there.';
  if (newId.trim() === '') return 'An endpoint needs a name.';
  const isTaken = document.endpoints.some(({ id }) => id !== target.id && id?.value === newId);
  if (isTaken) return `The plan has an endpoint "${newId}" already.`;
  const { offset: start, length } = target.id;
  return [{ offset: start, length, newText: JSON.stringify(newId).slice(1, -1) }];
}

/** A place that leads to a file. */
export interface PlanLink extends Place {
  kind: 'dataset' | 'recording' | 'outputFolder';
  /** As written. */
  target: string;
}

/** What in a plan names files and folders. */
export function planLinks(document: PlanDocument): PlanLink[] {
  const part = stringPart(document.text, valueOf(document, 'outputFolder'));
  return [
    ...document.datasets.map(({ path }): PlanLink => ({
      ...place(path),
      kind: 'dataset',
      target: path.value,
    })),
    ...document.recordings.map((path): PlanLink => ({
      ...place(path),
      kind: 'recording',
      target: path.value,
    })),
    ...(part ? [{ ...place(part), kind: 'outputFolder' as const, target: part.value }] : []),
  ];
}
