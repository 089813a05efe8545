import * as vscode from 'vscode';
import { embeddedUrl } from '../../plan/embeddedUrl.ts';
import { registerCommands } from '../registerCommands.ts';
import { requireTrust } from '../requireTrust.ts';
import type { ConfiguredEndpoint } from '../services.ts';
import { apiKeyProblem } from './apiKeyProblem.ts';
import type { EndpointParts } from './endpointParts.ts';
import { pickEndpoint } from './pickEndpoint.ts';
import { tell } from '../tell.ts';

// Loaded only when needed: activation need not wait for them.
const enterEndpoint = () => import('./enterEndpoint.ts');
const testEndpoint = () => import('./testEndpoint.ts');

/** The commands about endpoints. */
export function registerEndpointCommands(parts: EndpointParts): vscode.Disposable {
  return registerCommands(parts.log, {
    'rtbench.addEndpoint': async () => (await enterEndpoint()).addEndpoint(parts),
    'rtbench.editEndpoint': async (argument) =>
      (await enterEndpoint()).editEndpoint(parts, argument),
    'rtbench.removeEndpoint': (argument) => removeEndpoint(parts, argument),
    'rtbench.testEndpoint': async (argument) =>
      (await testEndpoint()).testEndpoint(parts, argument),
    'rtbench.setApiKey': (argument) => setApiKey(parts, argument),
    'rtbench.removeApiKey': (argument) => removeApiKey(parts, argument),
    'rtbench.startEmbedded': () => startEmbedded(parts),
    'rtbench.stopEmbedded': () => parts.embedded.stop(),
  });
}

async function removeEndpoint(
  { endpoints, keys, log, embedded }: EndpointParts,
  argument: unknown,
): Promise<void> {
  const endpoint = await pickEndpoint(argument, await endpoints.list(), 'Remove which endpoint?');
  if (!endpoint) return;
  const remove = 'Remove';
  const choice = await tell.modal(
    `Remove the endpoint "${endpoint.name}"?`,
    'Its API key is removed too. Saved runs stay.',
    remove,
  );
  if (choice !== remove) return;
  await endpoints.remove(endpoint.name);
  await keys.remove(endpoint);
  if (endpoint.url === embeddedUrl) await embedded.stop();
  log.info(`Removed endpoint "${endpoint.name}".`);
}

async function remotes({ endpoints }: EndpointParts): Promise<ConfiguredEndpoint[]> {
  return (await endpoints.list()).filter(({ url }) => url !== embeddedUrl);
}

async function setApiKey(parts: EndpointParts, argument: unknown): Promise<void> {
  if (!(await requireTrust('Setting an API key'))) return;
  const endpoint = await pickEndpoint(argument, await remotes(parts), 'Set the API key of…');
  if (!endpoint) return;
  const key = await vscode.window.showInputBox({
    title: `API Key of "${endpoint.name}"`,
    prompt: `Kept in VS Code's secret storage, and sent only to ${new URL(endpoint.url).host}`,
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'Enter the key.' : apiKeyProblem(text)),
  });
  if (key === undefined) return;
  await parts.keys.set(endpoint, key.trim());
  parts.log.info(`Stored an API key for endpoint "${endpoint.name}".`);
  parts.tester.forget(endpoint);
  await (await testEndpoint()).testEndpoint(parts, { endpoint });
}

async function removeApiKey(parts: EndpointParts, argument: unknown): Promise<void> {
  const endpoint = await pickEndpoint(argument, await remotes(parts), 'Remove the API key of…');
  if (!endpoint) return;
  const hasKey =
    (await parts.keys.get(endpoint)) !== undefined || (await parts.keys.isKeyElsewhere(endpoint));
  if (!hasKey) {
    void tell.information(`"${endpoint.name}" has no API key.`);
    return;
  }
  const remove = 'Remove';
  const choice = await tell.modal(`Remove the API key of "${endpoint.name}"?`, '', remove);
  if (choice !== remove) return;
  await parts.keys.remove(endpoint);
  parts.log.info(`Removed the API key of endpoint "${endpoint.name}".`);
  parts.tester.forget(endpoint);
}

async function startEmbedded({ embedded }: EndpointParts): Promise<void> {
  if (embedded.running() !== null) return;
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: 'Starting the embedded endpoint',
      cancellable: true,
    },
    async (_progress, token) => {
      const subscription = token.onCancellationRequested(() => {
        void embedded.stop();
      });
      try {
        await embedded.start();
      } catch (error) {
        if (!token.isCancellationRequested) throw error;
      } finally {
        subscription.dispose();
      }
    },
  );
}
