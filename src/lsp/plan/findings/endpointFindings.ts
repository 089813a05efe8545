import { embeddedUrl } from '../../../plan/embeddedUrl.ts';
import type { Finding, Fix } from '../../remarks/finding.ts';
import type { EndpointEntry, PlanDocument } from '../planDocument.ts';
import type { PlanFacts } from '../planFacts.ts';
import type { StringPart } from '../stringPart.ts';

/** The command that asks for an endpoint and adds it to the settings. */
export const addEndpointCommand = 'rtbench.addEndpoint';

/** Endpoints that are not known, or come twice. */
export function endpointFindings({ endpoints }: PlanDocument, facts: PlanFacts): Finding[] {
  const seen = new Set<string>();
  return endpoints.flatMap((entry) => {
    const { id } = entry;
    if (!id || id.value === '') return [];
    const isRepeated = seen.has(id.value);
    seen.add(id.value);
    if (isRepeated) return [repeated(entry, id, endpoints)];
    return isKnown(entry, id, facts) ? [] : [unknown(entry, id, facts)];
  });
}

function isKnown({ isInline }: EndpointEntry, id: StringPart, { endpoints }: PlanFacts): boolean {
  return isInline || id.value === embeddedUrl || endpoints.some(({ name }) => name === id.value);
}

function unknown({ node }: EndpointEntry, id: StringPart, { endpoints }: PlanFacts): Finding {
  const { offset, length } = node;
  const inline = JSON.stringify({ id: id.value, url: 'ws://localhost:8000' }, null, 1).replaceAll(
    /\n\s*/g,
    ' ',
  );
  const known: Fix[] = endpoints.slice(0, 5).map(({ name }) => ({
    title: `Change to "${name}"`,
    edits: [{ offset, length, newText: JSON.stringify(name) }],
  }));
  return {
    offset: id.offset,
    length: id.length,
    severity: 'error',
    code: 'endpoint-unknown',
    message: `No endpoint "${id.value}" is configured: add it to the settings, or define it here.`,
    fixes: [
      { title: `Define "${id.value}" in the Plan`, edits: [{ offset, length, newText: inline }] },
      {
        title: 'Add an Endpoint to the Settings…',
        edits: [],
        command: { command: addEndpointCommand, arguments: [] },
      },
      ...known,
    ],
  };
}

function repeated(
  { isInline }: EndpointEntry,
  id: StringPart,
  endpoints: readonly EndpointEntry[],
): Finding {
  const { offset, length } = id;
  const taken = new Set(endpoints.map((entry) => entry.id?.value));
  let number = 2;
  while (taken.has(`${id.value} ${number}`)) number += 1;
  const newText = JSON.stringify(`${id.value} ${number}`).slice(1, -1);
  const rename = {
    title: `Rename to "${id.value} ${number}"`,
    edits: [{ offset, length, newText }],
  };
  return {
    offset,
    length,
    severity: 'error',
    code: 'endpoint-repeated',
    message: `The endpoint "${id.value}" is in the plan already.`,
    fixes: isInline ? [{ ...rename, isPreferred: true }] : [],
  };
}
