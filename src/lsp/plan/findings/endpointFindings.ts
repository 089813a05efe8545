import { errorText } from '../../../common/benchError.ts';
import { webSocketUrl } from '../../../dialects/endpointUrl.ts';
import { embeddedUrl } from '../../../plan/embeddedUrl.ts';
import type { Finding, Fix } from '../../remarks/finding.ts';
import { addressSecret } from '../addressSecret.ts';
import type { EndpointEntry, PlanDocument } from '../planDocument.ts';
import type { PlanFacts } from '../planFacts.ts';
import { removalOf } from '../removal.ts';
import type { StringPart } from '../stringPart.ts';

/** The command that asks for an endpoint and adds it to the settings. */
export const addEndpointCommand = 'rtbench.addEndpoint';

/** Endpoints that are not known, come twice, or have no address. */
export function endpointFindings({ text, endpoints }: PlanDocument, facts: PlanFacts): Finding[] {
  const seen = new Set<string>();
  return endpoints.flatMap((entry) => {
    const { id } = entry;
    if (!id || id.value === '') return [];
    const isRepeated = seen.has(id.value);
    seen.add(id.value);
    if (isRepeated) return [repeated(text, { ...entry, id }, endpoints)];
    return isKnown(entry, id, facts) ? badAddress(entry) : [unknown(entry, id, facts)];
  });
}

function badAddress({ url }: EndpointEntry): Finding[] {
  if (!url || url.value === '' || url.value === embeddedUrl || addressSecret(url.value)) return [];
  const message = addressProblem(url.value);
  if (message === null) return [];
  const { offset, length } = url;
  const better = [`wss://${url.value}`, `ws://${url.value}`].filter(
    (each) => addressProblem(each) === null,
  );
  const fixes = better.map((each): Fix => {
    const newText = JSON.stringify(each).slice(1, -1);
    return { title: `Change to "${each}"`, edits: [{ offset, length, newText }] };
  });
  return [{ offset, length, severity: 'error', code: 'endpoint-address', message, fixes }];
}

function isKnown({ isInline }: EndpointEntry, id: StringPart, { endpoints }: PlanFacts): boolean {
  return isInline || id.value === embeddedUrl || endpoints.some(({ name }) => name === id.value);
}

/** Null for an address that can be used. */
function addressProblem(url: string): string | null {
  try {
    webSocketUrl(url, '/');
    return null;
  } catch (error) {
    return errorText(error);
  }
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
  text: string,
  { isInline, id, node }: EndpointEntry & { id: StringPart },
  endpoints: readonly EndpointEntry[],
): Finding {
  const { offset, length } = id;
  const taken = new Set(endpoints.map((entry) => entry.id?.value));
  let number = 2;
  while (taken.has(`${id.value} ${number}`)) number += 1;
  const newText = JSON.stringify(`${id.value} ${number}`).slice(1, -1);
  const rename: Fix = {
    title: `Rename to "${id.value} ${number}"`,
    edits: [{ offset, length, newText }],
    isPreferred: true,
  };
  const remove: Fix = { title: 'Remove the Repetition', edits: [removalOf(text, node)] };
  return {
    offset,
    length,
    severity: 'error',
    code: 'endpoint-repeated',
    message: `The endpoint "${id.value}" is in the plan already.`,
    fixes: isInline ? [rename, remove] : [{ ...remove, isPreferred: true }],
  };
}
