import * as vscode from 'vscode';
import { errorText } from '../../common/benchError.ts';
import { redactUrl } from '../../common/redactUrl.ts';
import { embeddedUrl } from '../../plan/embeddedUrl.ts';
import { runSteps } from '../quickSteps/runSteps.ts';
import { requireTrust } from '../requireTrust.ts';
import type { ConfiguredEndpoint } from '../services.ts';
import { draftOf, endpointOf, type EndpointDraft } from './endpointDraft.ts';
import type { EndpointParts } from './endpointParts.ts';
import { endpointSteps } from './endpointSteps.ts';
import { pickEndpoint } from './pickEndpoint.ts';
import { tell } from '../tell.ts';

/** *Add Endpoint…*: asks for an endpoint and saves it. Giving up leaves nothing. */
export async function addEndpoint(parts: EndpointParts): Promise<void> {
  await enterEndpoint(parts, null);
}

/** *Edit Endpoint*: the same questions with the present answers. */
export async function editEndpoint(parts: EndpointParts, argument: unknown): Promise<void> {
  const endpoint = await pickEndpoint(
    argument,
    await parts.endpoints.list(),
    'Edit which endpoint?',
  );
  if (endpoint) await enterEndpoint(parts, endpoint);
}

async function enterEndpoint(
  parts: EndpointParts,
  original: ConfiguredEndpoint | null,
): Promise<void> {
  if (!(await requireTrust('Connecting to an endpoint'))) return;
  const others = (await parts.endpoints.list()).filter(({ name }) => name !== original?.name);
  const draft = draftOf(original);
  const steps = endpointSteps({
    draft,
    takenNames: others.map(({ name }) => name),
    offerEmbedded: !others.some(({ url }) => url === embeddedUrl),
    isNew: original === null,
    apiKey: () => keyOf(parts, draft, original),
  });
  const title = original === null ? 'Add Endpoint' : `Edit Endpoint "${original.name}"`;
  if (await runSteps(title, steps)) await saveEntered(parts, draft, original);
}

/** What was entered is not lost where the settings cannot be written, because a file has errors. */
async function saveEntered(
  parts: EndpointParts,
  draft: EndpointDraft,
  original: ConfiguredEndpoint | null,
): Promise<void> {
  const tryAgain = 'Try Again';
  for (;;) {
    try {
      await save(parts, draft, original);
      return;
    } catch (error) {
      const message = `The endpoint "${draft.name}" could not be saved: ${errorText(error)}`;
      parts.log.error(message);
      if ((await tell.error(message, tryAgain)) !== tryAgain) return;
    }
  }
}

/** A stored key counts only for the origin it was entered for, also while the URL is edited. */
async function keyOf(
  { keys }: EndpointParts,
  draft: EndpointDraft,
  original: ConfiguredEndpoint | null,
): Promise<string | null> {
  if (draft.enteredKey !== '') return draft.enteredKey;
  if (original === null) return null;
  return (await keys.get({ name: original.name, url: draft.url })) ?? null;
}

async function save(
  { endpoints, keys, log, tester }: EndpointParts,
  draft: EndpointDraft,
  original: ConfiguredEndpoint | null,
): Promise<void> {
  const endpoint = endpointOf(draft);
  // It may be there already, from an attempt that failed later.
  const isThere = (await endpoints.list()).some(({ name }) => name === endpoint.name);
  await endpoints.save(endpoint, isThere ? endpoint.name : (original?.name ?? null));
  if (original !== null) await keys.rename(original, endpoint);
  if (draft.enteredKey !== '') await keys.set(endpoint, draft.enteredKey);
  const verb = original === null ? 'Added' : 'Changed';
  log.info(`${verb} endpoint "${endpoint.name}" (${redactUrl(endpoint.url)}).`);
  if (draft.tested !== null) tester.remember(endpoint, draft.tested);
  const run = 'Run Benchmark…';
  const said = `${verb} the endpoint "${endpoint.name}"${stateText(draft)}.`;
  void tell.information(said, run).then((choice) => {
    if (choice === run) void vscode.commands.executeCommand('rtbench.runBenchmark');
  });
}

function stateText({ tested }: EndpointDraft): string {
  if (tested?.kind !== 'reachable') return '';
  const model = tested.model === null ? '' : ` with the model ${tested.model}`;
  return `: it answered in ${Math.max(1, Math.round(tested.readyMs))} ms${model}`;
}
