import { getNodePath, type Node } from 'jsonc-parser';
import { addressSecret } from '../addressSecret.ts';
import { removalOf } from '../removal.ts';
import type { Finding, Fix } from '../../remarks/finding.ts';
import type { EndpointEntry, PlanDocument } from '../planDocument.ts';
import { placeWithin, stringPart, type StringPart } from '../stringPart.ts';

/** The command that keeps a secret of a plan and takes it out of the text. */
export const keepSecretCommand = 'rtbench.keepPlanSecret';

const secretKey =
  /^(?:.*[-_.])?(?:api[-_]?key|apikey|authorization|auth|bearer|(?:access[-_]?)?token|secret|password|passwd|credentials?|jwt)$/i;
const secretValue =
  /^(?:bearer\s+\S{8,}|sk-[\w-]{16,}|gh[pousr]_\w{20,}|hf_\w{20,}|AKIA[0-9A-Z]{16}|eyJ[\w-]{10,}\.[\w-]{10,}\..*|[0-9a-f]{32,}|(?=\S*\d)(?=\S*[A-Z])(?=\S*[a-z])[\w-]{32,})$/i;
/** Secrets that stand in the text, where everybody who has the file reads them. */
export function secretFindings({ text, endpoints }: PlanDocument): Finding[] {
  return endpoints.flatMap((entry) => {
    if (!entry.isInline) return [];
    return stringsOf(entry.node).flatMap((node) => secretFinding(text, entry, node));
  });
}

function stringsOf(node: Node): Node[] {
  if (node.type === 'property') return node.children?.[1] ? stringsOf(node.children[1]) : [];
  return node.type === 'string' ? [node] : (node.children ?? []).flatMap(stringsOf);
}

function secretFinding(text: string, entry: EndpointEntry, node: Node): Finding[] {
  const part = stringPart(text, node);
  const key = String(getNodePath(node).at(-1));
  if (!part || part.value === '') return [];
  if (key === 'url') return addressFinding(text, node, part);
  const isSecret = secretKey.test(key) ? part.value.length >= 4 : secretValue.test(part.value);
  if (!isSecret || key === 'id' || key === 'model') return [];
  return [
    {
      offset: part.offset,
      length: part.length,
      severity: 'error',
      code: 'secret',
      message: `"${key}" looks like a secret: a plan must hold none. Everybody who has the file reads it.`,
      fixes: fixes(text, entry, node, key),
    },
  ];
}

function addressFinding(text: string, node: Node, part: StringPart): Finding[] {
  const found = addressSecret(part.value);
  if (!found) return [];
  const newText = JSON.stringify(found.rest).slice(1, -1);
  return [
    {
      ...placeWithin(part, { text, ...found }),
      severity: 'error',
      code: 'secret',
      message:
        'The address holds what looks like a secret: a plan must hold none. Everybody who has the file reads it.',
      fixes: [
        moveFix('It', node),
        {
          title: 'Remove It from the Address',
          edits: [{ offset: part.offset, length: part.length, newText }],
        },
      ],
    },
  ];
}

function moveFix(what: string, node: Node): Fix {
  return {
    title: `Move ${what} to Secret Storage`,
    edits: [],
    command: { command: keepSecretCommand, arguments: [getNodePath(node)] },
    isPreferred: true,
  };
}

/** The secret itself is not in a fix: the client takes it from the text. */
function fixes(
  text: string,
  { id, node: endpoint }: EndpointEntry,
  node: Node,
  key: string,
): Fix[] {
  const property = node.parent;
  if (property?.type !== 'property') return [];
  const removal = removalOf(text, property);
  // What else the property stands for is not known; a key is what endpoints ask for.
  const variable = `${(id?.value ?? 'endpoint').toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}_API_KEY`;
  const name = /^[A-Z_]/.test(variable) ? variable : `_${variable}`;
  const hasVariable = endpoint.children?.some((each) => each.children?.[0]?.value === 'apiKeyEnv');
  const isDirect = property.parent === endpoint;
  const instead = { offset: property.offset, length: property.length };
  const named = `"apiKeyEnv": "${name}"`;
  const intoEnvironment: Fix = {
    title: `Remove "${key}" and Take the Key from the Environment (${name})`,
    edits: isDirect
      ? [{ ...instead, newText: named }]
      : [removal, { offset: endpoint.offset + 1, length: 0, newText: ` ${named},` }],
  };
  return [
    moveFix(`"${key}"`, node),
    ...(hasVariable === true ? [] : [intoEnvironment]),
    { title: `Remove "${key}"`, edits: [removal] },
  ];
}
