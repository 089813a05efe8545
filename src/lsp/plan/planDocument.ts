import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import { parsePlanText, type PlanTextProblem } from '../../planfile/parsePlanFile.ts';
import type { PlanFile } from '../../planfile/planFileSchema.ts';
import { stringPart, type StringPart } from './stringPart.ts';
import { readThreshold, type WrittenThreshold } from './writtenThreshold.ts';

/** An endpoint of a plan as far as it is written. */
export interface EndpointEntry {
  node: Node;
  /** By name, or defined in the plan. */
  isInline: boolean;
  /** Its name or id; null while it has none. */
  id: StringPart | null;
  url: StringPart | null;
  dialect: StringPart | null;
  options: Node | null;
}

export interface DatasetEntry {
  node: Node;
  path: StringPart;
  limit: number | null;
}

/** A plan's text with what is known of it, also while it is being written. */
export interface PlanDocument {
  text: string;
  /** Null where the text holds nothing. */
  tree: Node | null;
  /** The plan, where the text is one. */
  plan: PlanFile | null;
  /** Why it is none. */
  problems: PlanTextProblem[];
  endpoints: EndpointEntry[];
  datasets: DatasetEntry[];
  /** Paths of recorded starts. */
  recordings: StringPart[];
  thresholds: WrittenThreshold[];
}

/** Reads a plan's text. Never throws. */
export function readPlanDocument(text: string): PlanDocument {
  const tree = parseTree(text, [], { allowTrailingComma: true }) ?? null;
  const { plan, problems } = parsePlanText(text);
  return {
    text,
    tree,
    plan,
    problems,
    endpoints: elements(tree, 'endpoints').map((node) => endpointEntry(text, node)),
    datasets: elements(tree, 'datasets').flatMap((node) => datasetEntry(text, node) ?? []),
    recordings: elements(tree, 'profiles').flatMap(
      (node) => stringPart(text, findNodeAtLocation(node, ['path'])) ?? [],
    ),
    thresholds: elements(tree, 'thresholds').flatMap((node) => {
      const part = stringPart(text, node);
      return part ? readThreshold(text, part) : [];
    }),
  };
}

/** The value of a property of the plan itself. */
export function valueOf({ tree }: Pick<PlanDocument, 'tree'>, key: string): Node | null {
  return (tree && findNodeAtLocation(tree, [key])) ?? null;
}

/** The number of a property, or what stands for one that is missing. */
export function numberOf(document: PlanDocument, path: string[], otherwise: number): number {
  const node = document.tree && findNodeAtLocation(document.tree, path);
  return typeof node?.value === 'number' ? node.value : otherwise;
}

/** The mode that audio is paced in. */
export function pacingMode({ tree }: PlanDocument): string {
  const node = tree && findNodeAtLocation(tree, ['pacing', 'mode']);
  return typeof node?.value === 'string' ? node.value : 'capture';
}

function elements(tree: Node | null, key: string): Node[] {
  const node = valueOf({ tree }, key);
  return node?.type === 'array' ? (node.children ?? []) : [];
}

function endpointEntry(text: string, node: Node): EndpointEntry {
  const part = (key: string) => stringPart(text, findNodeAtLocation(node, [key]));
  if (node.type !== 'object') {
    const id = stringPart(text, node);
    return { node, isInline: false, id, url: null, dialect: null, options: null };
  }
  const options = findNodeAtLocation(node, ['options']) ?? null;
  return {
    node,
    isInline: true,
    id: part('id'),
    url: part('url'),
    dialect: part('dialect'),
    options,
  };
}

function datasetEntry(text: string, node: Node): DatasetEntry | null {
  if (node.type !== 'object') {
    const path = stringPart(text, node);
    return path && { node, path, limit: null };
  }
  const path = stringPart(text, findNodeAtLocation(node, ['path']));
  const limit: unknown = findNodeAtLocation(node, ['limit'])?.value;
  return path && { node, path, limit: typeof limit === 'number' ? limit : null };
}
