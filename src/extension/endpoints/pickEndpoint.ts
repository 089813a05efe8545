import * as vscode from 'vscode';
import { BenchError } from '../../common/benchError.ts';
import { redactUrl } from '../../common/redactUrl.ts';
import type { ConfiguredEndpoint } from '../services.ts';
import { tell } from '../tell.ts';

/**
 * The endpoint a command is about: the tree's element it was called on, else the one that the
 * user picks. Undefined where the user picks none, or none is there.
 * @throws BenchError `no_endpoint` where the command is about one that is not configured (any more).
 */
export async function pickEndpoint(
  argument: unknown,
  endpoints: readonly ConfiguredEndpoint[],
  placeHolder: string,
): Promise<ConfiguredEndpoint | undefined> {
  const name = nameIn(argument);
  if (name !== undefined) return namedEndpoint(name, endpoints);
  if (endpoints.length === 0) {
    const add = 'Add Endpoint…';
    const choice = await tell.information(
      'No endpoint that this can be done with is configured.',
      add,
    );
    if (choice === add) await vscode.commands.executeCommand('rtbench.addEndpoint');
    return undefined;
  }
  const items = endpoints.map((endpoint) => ({
    label: endpoint.name,
    description: redactUrl(endpoint.url),
    endpoint,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.endpoint;
}

function namedEndpoint(name: string, endpoints: readonly ConfiguredEndpoint[]): ConfiguredEndpoint {
  const found = endpoints.find((endpoint) => endpoint.name === name);
  if (found) return found;
  const message = `The settings have no endpoint "${name}" that this can be done with. Add Endpoint… makes one.`;
  throw new BenchError('no_endpoint', message);
}

/** Commands can be called by anyone with anything. */
function nameIn(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null || !('endpoint' in argument)) {
    return undefined;
  }
  const { endpoint } = argument;
  if (typeof endpoint !== 'object' || endpoint === null || !('name' in endpoint)) return undefined;
  return typeof endpoint.name === 'string' ? endpoint.name : undefined;
}
