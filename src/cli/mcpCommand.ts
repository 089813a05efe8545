import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { BenchError } from '../common/benchError.ts';
import { apiKeyVariables } from '../mcp/apiKeyVariables.ts';
import { FolderBoundary } from '../agenttools/folderBoundary.ts';
import { FolderWorkspace } from '../mcp/folderWorkspace.ts';
import { instructions, mcpTools } from '../mcp/mcpTools.ts';
import { bundledSpeech } from '../dataset/bundledSpeech.ts';
import { interruption } from './interruption.ts';
import { collect } from './optionParsers.ts';
import { proxyOption } from './proxyOption.ts';

interface McpOptions {
  stdio?: boolean;
  folder?: string;
  apiKeyEnv: string[];
  proxy?: string;
  ask: boolean;
}

export const mcpCommand = new Command('mcp')
  .description('Serve the tools of agents over MCP, on standard input and output.')
  .option('--stdio', 'speak MCP on standard input and output (the only way there is)')
  .option(
    '--folder <path>',
    'the one folder that is read and written (default: the current one); its .vscode/settings.json ' +
      'names the endpoints',
  )
  .option(
    '--api-key-env <address=name>',
    'environment variable with the API key for an address, e.g. "wss://asr.example.com=ASR_KEY"; ' +
      'repeatable',
    collect,
    [],
  )
  .option(
    '--no-ask',
    'send audio without asking the user, for unattended use; without it, clients that can ask do',
  )
  .addOption(proxyOption())
  .action(serve);

async function serve({ stdio, folder = '.', apiKeyEnv, proxy, ask }: McpOptions): Promise<void> {
  if (!stdio) throw new BenchError('option_missing', 'Say how to serve: rtbench mcp --stdio.');
  const stop = interruption();
  const keyVariables = apiKeyVariables(apiKeyEnv);
  const boundary = await FolderBoundary.of(path.resolve(folder));
  const workspace = new FolderWorkspace({
    boundary,
    bundledSpeech: bundledSpeech(),
    rtbenchVersion: manifest.version,
    runner: besideThis('runner.js'),
    comparer: besideThis('comparisonWorker.js'),
    keyVariables,
    environment: process.env,
    proxy: proxy ?? null,
  });
  const { serveMcp } = await import('../mcp/serveMcp.ts');
  await serveMcp({
    version: manifest.version,
    instructions,
    tools: mcpTools(workspace, ask),
    input: process.stdin,
    output: process.stdout,
    stop,
    onUnheard: (text) => {
      console.error(text);
    },
  });
}

/** A program of the product: bundles lie beside each other. */
function besideThis(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
