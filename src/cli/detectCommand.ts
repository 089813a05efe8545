import { Command } from 'commander';
import { dialectById } from '../dialects/registry.ts';
import { detectEndpoint } from '../runner/detectEndpoint.ts';
import type { DetectionResult } from '../runner/probeMessages.ts';
import { proxyOption } from './proxyOption.ts';

interface DetectCommandOptions {
  apiKeyEnv?: string;
  proxy?: string;
}

const notFoundCode = 1;

export const detectCommand = new Command('detect')
  .description('Find out which protocol a server speaks, without sending audio.')
  .argument('<url>', 'server address; without a path, the usual ones are tried')
  .option('--api-key-env <name>', 'environment variable that holds the API key')
  .addOption(proxyOption())
  .addHelpText('after', '\nExit code: 0 found, 1 not found, 2 unusable input.')
  .action(async (url: string, { apiKeyEnv, proxy }: DetectCommandOptions) => {
    const apiKey = apiKeyEnv === undefined ? null : (process.env[apiKeyEnv] ?? null);
    const found = await detectEndpoint(url, apiKey, { proxy: proxy ?? null });
    console.log(detectionText(found));
    if (found.kind !== 'recognised') process.exitCode = notFoundCode;
  });

function detectionText({ kind, dialects, because }: DetectionResult): string {
  const [id] = dialects;
  switch (kind) {
    case 'recognised':
      return `${id ?? ''}: ${dialectById(id ?? '').label}; ${because}.`;
    case 'silent': {
      const which = dialects.length === 0 ? 'none that RTBench knows' : dialects.join(', ');
      return `Not certain: ${because}. Protocols of that path in which the client begins: ${which}.`;
    }
    case 'unknown':
      return `Not known: ${because}.`;
    case 'unreachable':
      return `Nothing to detect: ${because}`;
  }
}
