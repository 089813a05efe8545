import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'jsonc-parser';
import * as z from 'zod';
import { redactUrl } from '../common/redactUrl.ts';
import { folderSettingsFile } from '../planfile/folderSettingsFile.ts';
import type { KnownEndpoint } from './plan/planFacts.ts';

/** The setting that holds endpoints. */
export const endpointsSetting = 'rtbench.endpoints';

const entry = z.object({
  name: z.string().trim().min(1),
  url: z.string().min(1),
  dialect: z.string().default('vllm-realtime'),
});

const usual: KnownEndpoint[] = [{ name: 'Embedded', dialect: 'vllm-realtime', url: 'embedded' }];

/** The endpoints that a setting names, without secrets; the usual ones where there is no setting. */
export function parseKnownEndpoints(setting: unknown): KnownEndpoint[] {
  if (!Array.isArray(setting)) return usual;
  return setting.flatMap((each) => {
    const parsed = entry.safeParse(each);
    if (!parsed.success) return [];
    const { name, url, dialect } = parsed.data;
    return [{ name, dialect, url: redactUrl(url) }];
  });
}

const toldSettings = z.object({ rtbench: z.object({ endpoints: z.unknown() }) });

/** The setting within all that a client says of its settings; null where it says nothing of it. */
export function toldSetting(settings: unknown): unknown {
  const parsed = toldSettings.safeParse(settings);
  return parsed.success ? parsed.data.rtbench.endpoints : null;
}

const settingsFile = z.record(z.string(), z.unknown());

/** The setting as the folder's `.vscode/settings.json` has it, for clients that know no settings. */
export async function settingOfFolder(folder: string): Promise<unknown> {
  try {
    const text = await readFile(path.join(folder, folderSettingsFile), 'utf8');
    return settingsFile.parse(parse(text, [], { allowTrailingComma: true }))[endpointsSetting];
  } catch {
    // Most folders have none.
    return undefined;
  }
}
