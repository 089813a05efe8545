import { dialectList, type DialectId } from '../../dialects/dialectList.ts';
import { embeddedUrl } from '../../plan/embeddedUrl.ts';
import type { EndpointEntry } from './planDocument.ts';
import type { KnownEndpoint } from './planFacts.ts';

/** What stands for an endpoint that says nothing of its protocol. */
const usualDialect: DialectId = 'vllm-realtime';

/** The configured endpoint that a plan's entry names; null where there is none. */
export function configuredEndpoint(
  { isInline, id }: EndpointEntry,
  endpoints: readonly KnownEndpoint[],
): KnownEndpoint | null {
  if (isInline || !id) return null;
  return endpoints.find(({ name }) => name === id.value) ?? null;
}

/** The protocol of an entry; null where it is not known. */
export function dialectOf(
  entry: EndpointEntry,
  endpoints: readonly KnownEndpoint[],
): DialectId | null {
  if (entry.isInline) return knownDialect(entry.dialect?.value ?? usualDialect);
  const configured = configuredEndpoint(entry, endpoints);
  if (configured) return knownDialect(configured.dialect);
  return entry.id?.value === embeddedUrl ? usualDialect : null;
}

/** The id of a dialect, null where there is none of that id. */
export function knownDialect(id: string): DialectId | null {
  return dialectList.find((dialect) => dialect.id === id)?.id ?? null;
}
