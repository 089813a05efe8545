import path from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod';
import type { Plan } from '../../plan/plan.ts';
import type { SeriesPlace } from '../../plan/series.ts';
import type { RunningEndpoint } from '../../runner/openEndpoints.ts';
import type { RunTask } from '../../runner/runnerMessages.ts';
import { proxySetting } from '../proxySetting.ts';
import type { Services } from '../services.ts';
import { usesEmbedded } from './embeddedWarmUp.ts';
import { RunnerError } from '../../runner/runnerError.ts';

const manifest = z.object({ version: z.string() });

export interface RunRequest {
  plan: Plan;
  title: string;
  /** The series of runs that this is one of. */
  series?: SeriesPlace;
  /** Absolute path of the run file. */
  file: string;
  /** Whether a run file of that name may be replaced. */
  replace?: boolean;
  live: boolean;
}

/**
 * What the measuring process needs to know, keys included: not for logs, files or settings.
 * Starts the embedded endpoint where the plan wants it; it goes on running, for the next time.
 * Throws an EndpointError where it does not start, and a RunnerError when `signal` is aborted.
 */
export async function runTask(
  services: Services,
  request: RunRequest,
  signal: AbortSignal,
): Promise<RunTask> {
  const { context } = services;
  return {
    type: 'run',
    ...request,
    file: path.normalize(request.file),
    rtbenchVersion: manifest.parse(context.extension.packageJSON).version,
    host: describeHost(),
    apiKeys: await keysOf(services, request.plan),
    embedded: usesEmbedded(request.plan) ? await startEmbedded(services, signal) : null,
    proxy: proxySetting(),
  };
}

/** Whether VS Code runs here, or on a server that it is connected to, decides the way to an endpoint. */
function describeHost(): string {
  const { appName, appHost, remoteName, uiKind } = vscode.env;
  const place = remoteName === undefined ? [] : [`remote: ${remoteName}`];
  const kind = uiKind === vscode.UIKind.Web ? ['in a browser'] : [];
  return [`${appName} ${vscode.version} (${appHost})`, ...place, ...kind].join(', ');
}

function startEmbedded({ embedded }: Services, signal: AbortSignal): Promise<RunningEndpoint> {
  return new Promise((resolve, reject) => {
    const stopped = (): void => {
      reject(new RunnerError('cancelled', 'Stopped before anything was measured.'));
    };
    if (signal.aborted) {
      stopped();
      return;
    }
    signal.addEventListener('abort', stopped, { once: true });
    embedded.start().then(resolve, reject);
  });
}

async function keysOf({ endpoints }: Services, plan: Plan): Promise<Record<string, string>> {
  const keys: Record<string, string> = {};
  for (const { id, url, dialect, model, language } of plan.endpoints) {
    const key = await endpoints.apiKey({ name: id, url, dialect, model, language });
    if (key !== undefined) keys[id] = key;
  }
  return keys;
}
