import * as vscode from 'vscode';
import { requireTrust } from '../requireTrust.ts';
import type { ConfiguredEndpoint } from '../services.ts';
import type { EndpointParts } from './endpointParts.ts';
import { pickEndpoint } from './pickEndpoint.ts';
import { milliseconds } from './presentEndpoint.ts';
import type { ConnectionTest } from './testConnection.ts';
import { tell } from '../tell.ts';

/** *Test Endpoint*: connects without sending audio; the result is in the tree and one message. */
export async function testEndpoint(parts: EndpointParts, argument: unknown): Promise<void> {
  if (!(await requireTrust('Connecting to an endpoint'))) return;
  const endpoint = await pickEndpoint(
    argument,
    await parts.endpoints.list(),
    'Test which endpoint?',
  );
  if (!endpoint) return;
  const result = await testWithProgress(parts, endpoint);
  // Not awaited: a message stays until it is read.
  if (result !== null) void sayResult(parts, endpoint, result);
}

/** Null where the user cancelled. */
async function testWithProgress(
  { tester }: EndpointParts,
  endpoint: ConfiguredEndpoint,
): Promise<ConnectionTest | null> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `Testing "${endpoint.name}"`,
      cancellable: true,
    },
    async (_progress, token) => {
      const abort = new AbortController();
      const subscription = token.onCancellationRequested(() => {
        abort.abort();
      });
      try {
        return await tester.test(endpoint, abort.signal);
      } catch (error) {
        if (token.isCancellationRequested) return null;
        throw error;
      } finally {
        subscription.dispose();
      }
    },
  );
}

async function sayResult(
  { log }: EndpointParts,
  endpoint: ConfiguredEndpoint,
  { state, warning }: ConnectionTest,
): Promise<void> {
  if (state.kind === 'reachable') {
    const times = `connected in ${milliseconds(state.connectMs)}, ready after ${milliseconds(state.readyMs)}`;
    const model = state.model === null ? '' : `, model ${state.model}`;
    const message = `"${endpoint.name}" answers: ${times}${model}.`;
    if (warning === null) await tell.information(message);
    else await tell.warning(`${message} ${warning}`);
    return;
  }
  const message = 'message' in state ? state.message : state.kind;
  const remedy = state.kind === 'needsKey' ? 'Set API Key…' : 'Edit Endpoint…';
  const command = state.kind === 'needsKey' ? 'rtbench.setApiKey' : 'rtbench.editEndpoint';
  const choice = await tell.error(
    `"${endpoint.name}" does not answer: ${message}`,
    remedy,
    'Show Log',
  );
  if (choice === remedy) await vscode.commands.executeCommand(command, { endpoint });
  else if (choice !== undefined) log.show();
}
