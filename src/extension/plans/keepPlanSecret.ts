import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { BenchError } from '../../common/benchError.ts';
import { addressSecret } from '../../lsp/plan/addressSecret.ts';
import { removalOf } from '../../lsp/plan/removal.ts';
import type { ApiKeyStore } from '../endpoints/apiKeyStore.ts';
import { endpointOrigin } from '../../settings/endpointOrigin.ts';
import { tell } from '../tell.ts';
import { planUri } from './planUri.ts';

const pathSchema = z.array(z.union([z.string(), z.number()])).check(z.minLength(3));
const endpointSchema = z.object({ id: z.string(), url: z.string() });

/**
 * Moves a secret of a plan's endpoint to secret storage. It is taken from the text here, so that
 * it is in no message of the language server.
 */
export async function keepPlanSecret(
  keys: ApiKeyStore,
  argument: unknown,
  keyPath: unknown,
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(planUri(argument));
  const found = secretAt(document.getText(), pathSchema.parse(keyPath));
  const { endpoint, secret, edit: change } = found;
  if (endpointOrigin(endpoint.url) === null) {
    throw new BenchError('no_origin', 'The endpoint needs its address ("url") first.');
  }
  await keys.set({ name: endpoint.id, url: endpoint.url }, secret);
  const edit = new vscode.WorkspaceEdit();
  const start = document.positionAt(change.offset);
  const end = document.positionAt(change.offset + change.length);
  edit.replace(document.uri, new vscode.Range(start, end), change.newText);
  await vscode.workspace.applyEdit(edit);
  void tell.information(
    `The key of "${endpoint.id}" is in secret storage and out of the plan. Save the plan.`,
  );
}

function secretAt(text: string, keyPath: (string | number)[]) {
  const tree = parseTree(text);
  const node = tree && findNodeAtLocation(tree, keyPath);
  const owner = tree && findNodeAtLocation(tree, keyPath.slice(0, 2));
  const property = node?.parent;
  if (typeof node?.value !== 'string' || !owner || property?.type !== 'property') {
    throw new BenchError('no_secret', 'The plan has changed: there is no such value any more.');
  }
  const value = (key: string): unknown => findNodeAtLocation(owner, [key])?.value;
  const endpoint = endpointSchema.safeParse({ id: value('id'), url: value('url') });
  if (!endpoint.success) {
    throw new BenchError('no_origin', 'The endpoint needs an "id" and a "url" first.');
  }
  const { data } = endpoint;
  if (property === findNodeAtLocation(owner, ['url'])?.parent) return addressSecretAt(node, data);
  const secret = node.value.replace(/^bearer\s+/i, '');
  return { endpoint: data, secret, edit: removalOf(text, property) };
}

function addressSecretAt({ offset, length }: Node, { id, url }: z.infer<typeof endpointSchema>) {
  const found = addressSecret(url);
  if (!found) throw new BenchError('no_secret', 'The plan has changed: the address has no secret.');
  const { secret, rest } = found;
  return {
    endpoint: { id, url: rest },
    secret,
    edit: { offset, length, newText: JSON.stringify(rest) },
  };
}
