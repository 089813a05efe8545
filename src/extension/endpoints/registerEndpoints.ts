import * as vscode from 'vscode';
import { registerEndpointCommands } from './endpointCommands.ts';
import type { EndpointParts } from './endpointParts.ts';
import { EndpointsTree } from './endpointsTree.ts';

/** The Endpoints view and its commands. */
export function registerEndpoints(parts: EndpointParts): vscode.Disposable {
  const tree = new EndpointsTree(parts.endpoints, parts.embedded, parts.tester);
  return vscode.Disposable.from(
    tree,
    vscode.window.createTreeView('rtbench.endpoints', { treeDataProvider: tree }),
    registerEndpointCommands(parts),
  );
}
