import * as vscode from 'vscode';
import { embeddedUrl } from '../../plan/embeddedUrl.ts';
import type { ConfiguredEndpoint } from '../services.ts';
import { setContext } from '../setContext.ts';
import type { ConfiguredEndpoints } from './configuredEndpoints.ts';
import type { EmbeddedEndpointService } from './embeddedEndpointService.ts';
import type { EndpointProblem } from '../../settings/endpointSettings.ts';
import type { EndpointTester } from './endpointTester.ts';
import { presentEmbedded, presentRemote } from './presentEndpoint.ts';

/** An element of the Endpoints view; commands of its menus get it. */
export type EndpointNode =
  | { kind: 'endpoint'; endpoint: ConfiguredEndpoint }
  | { kind: 'problem'; problem: EndpointProblem };

/** The Endpoints view: what is configured, and what is known of its state. */
export class EndpointsTree implements vscode.TreeDataProvider<EndpointNode>, vscode.Disposable {
  readonly #endpoints: ConfiguredEndpoints;
  readonly #embedded: EmbeddedEndpointService;
  readonly #tester: EndpointTester;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    endpoints: ConfiguredEndpoints,
    embedded: EmbeddedEndpointService,
    tester: EndpointTester,
  ) {
    this.#endpoints = endpoints;
    this.#embedded = embedded;
    this.#tester = tester;
    const refresh = (): void => {
      this.#changed.fire();
    };
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      endpoints.onDidChange(refresh),
      embedded.onDidChange(refresh),
      tester.onDidChange(refresh),
    );
  }

  async getChildren(parent?: EndpointNode): Promise<EndpointNode[]> {
    if (parent) return [];
    const { endpoints, problems } = await this.#endpoints.read();
    const nodes = [
      ...endpoints.map((endpoint): EndpointNode => ({ kind: 'endpoint', endpoint })),
      ...problems.map((problem): EndpointNode => ({ kind: 'problem', problem })),
    ];
    // The view is empty before the extension is there, too, which must not look like this.
    setContext('rtbench.noEndpoint', nodes.length === 0);
    return nodes;
  }

  async getTreeItem(node: EndpointNode): Promise<vscode.TreeItem> {
    return node.kind === 'endpoint' ? this.#endpointItem(node.endpoint) : problemItem(node.problem);
  }

  dispose(): void {
    setContext('rtbench.noEndpoint', false);
    this.#subscriptions.dispose();
  }

  async #endpointItem(endpoint: ConfiguredEndpoint): Promise<vscode.TreeItem> {
    const shown =
      endpoint.url === embeddedUrl
        ? presentEmbedded(endpoint, this.#embedded.state())
        : presentRemote(endpoint, await this.#tester.state(endpoint));
    const item = new vscode.TreeItem(endpoint.name);
    item.id = `endpoint:${endpoint.name}`;
    item.description = shown.description;
    item.tooltip = shown.tooltip;
    item.contextValue = shown.contextValue;
    item.iconPath = new vscode.ThemeIcon(
      shown.icon,
      shown.color === null ? undefined : new vscode.ThemeColor(shown.color),
    );
    item.accessibilityInformation = { label: shown.accessibleLabel };
    return item;
  }
}

function problemItem({ index, label, reason, message }: EndpointProblem): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.id = `problem:${index ?? 'setting'}`;
  item.description = reason;
  item.tooltip = message;
  item.contextValue = 'problem';
  item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  item.command = { command: 'rtbench.openSettings', title: 'Open Settings' };
  item.accessibilityInformation = { label: `Unusable endpoint: ${message}` };
  return item;
}
