import type * as vscode from 'vscode';
import type { ApiKeyStore } from './apiKeyStore.ts';
import type { ConfiguredEndpoints } from './configuredEndpoints.ts';
import type { EmbeddedEndpointService } from './embeddedEndpointService.ts';
import type { EndpointTester } from './endpointTester.ts';

/** What the commands about endpoints work with. */
export interface EndpointParts {
  log: vscode.LogOutputChannel;
  keys: ApiKeyStore;
  endpoints: ConfiguredEndpoints;
  embedded: EmbeddedEndpointService;
  tester: EndpointTester;
}
