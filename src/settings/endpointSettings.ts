import * as z from 'zod/mini';
import { dialectList, type DialectId } from '../dialects/dialectList.ts';
import { embeddedUrl } from '../plan/embeddedUrl.ts';
import { sanitiseText } from '../transport/sanitiseText.ts';
import type { ConfiguredEndpoint } from './configuredEndpoint.ts';
import { endpointUrlProblem } from './endpointUrlProblem.ts';

export const defaultDialectId: DialectId = 'vllm-realtime';

const dialectIds = dialectList.map(({ id }) => id);

/** An entry that cannot be used. */
export interface EndpointProblem {
  /** Position in the setting, 0-based; null where the setting itself is wrong. */
  index: number | null;
  /** Short: the entry's name where it has one. */
  label: string;
  /** What is wrong and what to do; repeats no secret. */
  reason: string;
  /** Names the entry and says what is wrong; repeats no secret. */
  message: string;
}

export interface EndpointSettings {
  endpoints: ConfiguredEndpoint[];
  problems: EndpointProblem[];
}

const filled = z.string('must be a text').check(z.trim(), z.minLength(1, 'must not be empty'));
const optionalText = z._default(z.nullable(filled), null);

const entrySchema = z.strictObject({
  name: filled,
  url: filled,
  dialect: z._default(
    z.enum(dialectIds, `must be one of: ${dialectIds.join(', ')}`),
    defaultDialectId,
  ),
  model: optionalText,
  language: optionalText,
  options: z.optional(z.record(z.string(), z.json(), 'must be an object')),
});

/** The usable entries of `rtbench.endpoints`, and what is wrong with the others. */
export function parseEndpointSettings(raw: unknown): EndpointSettings {
  if (!Array.isArray(raw)) {
    const reason = 'The setting is no list.';
    const message = '"rtbench.endpoints" is no list.';
    return {
      endpoints: [],
      problems: [{ index: null, label: 'rtbench.endpoints', reason, message }],
    };
  }
  const result: EndpointSettings = { endpoints: [], problems: [] };
  const names = new Set<string>();
  raw.forEach((entry: unknown, index) => {
    const endpoint = parseEntry(entry);
    if (typeof endpoint === 'string') {
      result.problems.push(toProblem(entry, index, endpoint));
    } else if (names.has(endpoint.name)) {
      const reason = 'another endpoint has this name; change one.';
      result.problems.push(toProblem(entry, index, reason));
    } else {
      names.add(endpoint.name);
      result.endpoints.push(endpoint);
    }
  });
  return result;
}

/** The endpoint, or what is wrong with it. */
function parseEntry(entry: unknown): ConfiguredEndpoint | string {
  const parsed = entrySchema.safeParse(entry);
  if (!parsed.success) return issueText(parsed.error.issues[0]);
  const { options, ...endpoint } = parsed.data;
  const problem = endpoint.url === embeddedUrl ? null : endpointUrlProblem(endpoint.url);
  return problem ?? { ...endpoint, ...(options && { options }) };
}

function issueText(issue: z.core.$ZodIssue | undefined): string {
  if (!issue) return 'is not usable.';
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(entrySchema.shape).join(', ');
    return `has an unknown key "${issue.keys.join('", "')}"; the keys are ${known}.`;
  }
  const key = issue.path.join('.');
  return key === '' ? 'must be an object with "name" and "url".' : `"${key}" ${issue.message}.`;
}

function toProblem(entry: unknown, index: number, reason: string): EndpointProblem {
  const name = nameIn(entry);
  const named = name === null ? '' : ` ("${name}")`;
  const message = `Entry ${index + 1}${named} of "rtbench.endpoints": ${reason}`;
  return { index, label: name ?? `Entry ${index + 1}`, reason, message };
}

function nameIn(entry: unknown): string | null {
  const name = isObject(entry) && 'name' in entry ? entry.name : null;
  return typeof name === 'string' && name.trim() !== '' ? sanitiseText(name, 80) : null;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/**
 * The setting with an endpoint added, or put in the place of the one named `replacedName`. Other
 * entries stay as they are, also those that cannot be used.
 */
export function withEndpoint(
  raw: unknown,
  endpoint: ConfiguredEndpoint,
  replacedName: string | null,
): unknown[] {
  const entries: unknown[] = Array.isArray(raw) ? [...(raw as unknown[])] : [];
  const at = replacedName === null ? -1 : indexOfName(entries, replacedName);
  entries.splice(at === -1 ? entries.length : at, at === -1 ? 0 : 1, toEntry(endpoint));
  return entries;
}

/** The setting without the endpoint of this name. */
export function withoutEndpoint(raw: unknown, name: string): unknown[] {
  const entries: unknown[] = Array.isArray(raw) ? [...(raw as unknown[])] : [];
  const at = indexOfName(entries, name);
  if (at !== -1) entries.splice(at, 1);
  return entries;
}

/** The first usable entry of a name is the one that `parseEndpointSettings` gives. */
function indexOfName(entries: readonly unknown[], name: string): number {
  return entries.findIndex((entry) => {
    const endpoint = parseEntry(entry);
    return typeof endpoint !== 'string' && endpoint.name === name;
  });
}

/** Without what is the default anyway, so that settings stay short. */
function toEntry(endpoint: ConfiguredEndpoint): object {
  const { name, url, dialect, model, language, options = {} } = endpoint;
  return {
    name,
    url,
    ...(url === embeddedUrl ? {} : { dialect }),
    ...(model === null ? {} : { model }),
    ...(language === null ? {} : { language }),
    ...(Object.keys(options).length === 0 ? {} : { options }),
  };
}
