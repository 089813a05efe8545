import {
  getNodePath,
  getNodeValue,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser';
import type * as z from 'zod';
import { BenchError } from '../common/benchError.ts';
import { placeOf } from './nodePlace.ts';
import { planFileFormat, planFileSchema, type PlanFile } from './planFileSchema.ts';
import { repeatedKeys } from './repeatedKeys.ts';

/** Something wrong in a plan's text. */
export interface PlanTextProblem {
  /** UTF-16 units into the text. */
  offset: number;
  length: number;
  message: string;
  /** Keys to the value that is wrong; empty for the whole and where the text is no JSON. */
  path: (string | number)[];
}

export type ParsedPlan =
  { plan: PlanFile; problems: [] } | { plan: null; problems: PlanTextProblem[] };

const jsonc = { allowTrailingComma: true, disallowComments: false };

/** Reads a plan's text; with everything that is wrong, each at its place. */
export function parsePlanText(text: string): ParsedPlan {
  const errors: ParseError[] = [];
  // Some editors begin a file with a byte order mark.
  const tree = parseTree(text.replace(/^\uFEFF/, ' '), errors, jsonc);
  if (!tree || errors.length > 0) {
    const found = errors.length > 0 ? errors : [{ error: 4, offset: 0, length: text.length }];
    return { plan: null, problems: found.map(syntaxProblem) };
  }
  const repeated = repeatedKeys(tree);
  if (repeated.length > 0) return { plan: null, problems: repeated.map(repetition) };
  const value: unknown = getNodeValue(tree);
  const newer = newerFormat(value);
  if (newer !== null) {
    const path = ['format'];
    return { plan: null, problems: [{ ...placeOf(tree, path), message: newer, path }] };
  }
  const parsed = planFileSchema.safeParse(value);
  if (parsed.success) return { plan: parsed.data, problems: [] };
  const problems = parsed.error.issues.map((issue) => {
    const path = pathOf(issue);
    return { ...placeOf(tree, path), message: issueText(issue, path), path };
  });
  return { plan: null, problems };
}

/**
 * Reads a plan's text for running it.
 *
 * @param file names it in errors
 * @throws BenchError that names the place and what is wrong there
 */
export function parsePlanFile(text: string, file: string): PlanFile {
  const { plan, problems } = parsePlanText(text);
  if (plan) return plan;
  const [{ offset, message }] = problems as [PlanTextProblem];
  throw new BenchError('plan_invalid', `${placeInFile(text, file, offset)}: ${message}`);
}

/** For example `nightly.rtplan.json:3:14`. */
export function placeInFile(text: string, file: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `${file}:${before.length}:${before.at(-1)!.length + 1}`;
}

function syntaxProblem({ error, offset, length }: ParseError): PlanTextProblem {
  const words = printParseErrorCode(error)
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
  return { offset, length, message: `The plan is not JSON: ${words}.`, path: [] };
}

/** JSON lets the last one count; whoever reads the file sees the first. */
function repetition(key: Node): PlanTextProblem {
  const { offset, length } = key;
  const path = getNodePath(key.parent?.children?.[1] ?? key);
  const message = `"${String(key.value)}" stands here twice: remove one of them.`;
  return { offset, length, message, path };
}

function newerFormat(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('format' in value)) return null;
  const { format } = value;
  if (typeof format !== 'number' || format <= planFileFormat) return null;
  return `The plan has format ${format}; this version of RTBench reads format ${planFileFormat}. Update RTBench.`;
}

/** Unknown keys are reported at the object; the first of them is where the mistake is. */
function pathOf(issue: z.core.$ZodIssue): (string | number)[] {
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  return issue.code === 'unrecognized_keys' ? [...path, issue.keys[0]!] : path;
}

function issueText(issue: z.core.$ZodIssue, path: readonly (string | number)[]): string {
  if (issue.code === 'unrecognized_keys') {
    return `There is no "${issue.keys.join('", "')}" here.`;
  }
  const inner = issue.code === 'invalid_union' ? unionText(issue) : issue.message;
  return path.length === 0 ? `${inner}.` : `${pathText(path)}: ${inner}.`;
}

/** For example `endpoints[0].url`. */
function pathText(path: readonly (string | number)[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
}

/** Of the alternatives, what the one says that is an object, which is the long one to write. */
function unionText(issue: Extract<z.core.$ZodIssue, { code: 'invalid_union' }>): string {
  const [nested] = issue.errors.at(-1) ?? [];
  if (!nested) return issue.message;
  const { path, message } = nested;
  return path.length === 0 ? 'must be a text or an object' : `${path.join('.')}: ${message}`;
}
