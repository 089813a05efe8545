import path from 'node:path';
import { z } from 'zod';
import type { Plan } from '../../plan/plan.ts';
import type { RunTask } from '../../runner/runnerMessages.ts';
import type { Services } from '../services.ts';
import { embeddedRuntime } from './benchmarkSettings.ts';

const manifest = z.object({ version: z.string() });

export interface RunRequest {
  plan: Plan;
  title: string;
  /** Absolute path of the run file. */
  file: string;
  live: boolean;
}

/** What the measuring process needs to know, keys included: not for logs, files or settings. */
export async function runTask(services: Services, request: RunRequest): Promise<RunTask> {
  const { context, embedded } = services;
  return {
    type: 'run',
    ...request,
    file: path.normalize(request.file),
    rtbenchVersion: manifest.parse(context.extension.packageJSON).version,
    apiKeys: await keysOf(services, request.plan),
    embedded: embedded.running(),
    embeddedRuntime: embeddedRuntime(),
  };
}

async function keysOf({ endpoints }: Services, plan: Plan): Promise<Record<string, string>> {
  const keys: Record<string, string> = {};
  for (const { id, url, dialect, model, language } of plan.endpoints) {
    const key = await endpoints.apiKey({ name: id, url, dialect, model, language });
    if (key !== undefined) keys[id] = key;
  }
  return keys;
}
