import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, type ParseError } from 'jsonc-parser';
import * as z from 'zod';
import type { AgentEndpoints } from '../agenttools/agentWorkspace.ts';
import { BenchError } from '../common/benchError.ts';
import { noiseThreshold } from '../comparison/noiseThreshold.ts';
import { embeddedUrl } from '../plan/embeddedUrl.ts';
import { schemaProblem } from '../runfile/schemaProblem.ts';
import { parseEndpointSettings } from '../settings/endpointSettings.ts';
import { folderSettingsFile } from '../planfile/folderSettingsFile.ts';

const settingsSchema = z.object({
  'rtbench.endpoints': z.unknown().optional(),
  'rtbench.resultsFolder': z.string().min(1).default('benchmarks'),
  'rtbench.chunkMs': z.int().min(10).max(10_000).default(100),
  'rtbench.textProfile': z.string().min(1).default('auto'),
  'rtbench.compare.noise': z.record(z.string(), z.string()).default({}),
});

/** What VS Code's settings of a folder say of RTBench. */
export interface FolderSettings extends AgentEndpoints {
  resultsFolder: string;
  chunkMs: number;
  textProfile: string;
  /** By row key, in the metric's unit. */
  noise: Record<string, number>;
}

/**
 * Reads the settings of a folder as they are now; without any, the defaults. The embedded recogniser
 * is always among the endpoints.
 * @throws BenchError that says which setting cannot be used
 */
export async function readFolderSettings(folder: string): Promise<FolderSettings> {
  const parsed = settingsSchema.safeParse(await readJson(path.join(folder, folderSettingsFile)));
  if (!parsed.success) throw invalid(schemaProblem(parsed.error));
  const settings = parsed.data;
  const noise = Object.entries(settings['rtbench.compare.noise']).map(
    ([key, text]) => [key, noiseThreshold(key, text)] as const,
  );
  return {
    ...withEmbedded(settings['rtbench.endpoints']),
    resultsFolder: settings['rtbench.resultsFolder'],
    chunkMs: settings['rtbench.chunkMs'],
    textProfile: settings['rtbench.textProfile'],
    noise: Object.fromEntries(noise),
  };
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return {};
  const errors: ParseError[] = [];
  const json: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0) throw invalid('it is not JSON with comments');
  return json;
}

function withEmbedded(setting: unknown): AgentEndpoints {
  const { endpoints, problems } = parseEndpointSettings(setting ?? []);
  const messages = problems.map(({ message }) => message);
  const taken = endpoints.some(({ name, url }) => url === embeddedUrl || name === 'Embedded');
  if (taken) return { endpoints, problems: messages };
  const embedded = {
    name: 'Embedded',
    url: embeddedUrl,
    dialect: 'vllm-realtime',
    model: null,
    language: null,
  };
  return { endpoints: [embedded, ...endpoints], problems: messages };
}

function invalid(problem: string): BenchError {
  return new BenchError('settings_invalid', `${folderSettingsFile} cannot be used: ${problem}.`);
}
