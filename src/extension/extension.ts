import * as vscode from 'vscode';
import { Measurement } from '../runner/measurement.ts';
import { registerAgentTools } from './agentTools/registerAgentTools.ts';
import { Baselines } from './baselines/baselines.ts';
import { registerBaselines } from './baselines/registerBaselines.ts';
import { LiveRuns } from './benchmark/liveRuns.ts';
import { registerBenchmark } from './benchmark/registerBenchmark.ts';
import { registerCompareCommands } from './compareCommands/registerCompareCommands.ts';
import { registerCompareEditor } from './compareEditor/registerCompareEditor.ts';
import { ApiKeyStore } from './endpoints/apiKeyStore.ts';
import { ConfiguredEndpoints } from './endpoints/configuredEndpoints.ts';
import { EmbeddedEndpointService } from './endpoints/embeddedEndpointService.ts';
import { EndpointTester } from './endpoints/endpointTester.ts';
import { registerEndpoints } from './endpoints/registerEndpoints.ts';
import { registerLanguage } from './language/registerLanguage.ts';
import { registerPlans } from './plans/registerPlans.ts';
import { registerCommands } from './registerCommands.ts';
import { reportError } from './reportError.ts';
import { registerRunFileSchema } from './runFileSchema.ts';
import { registerRunEditor } from './runEditor/registerRunEditor.ts';
import { RunIndex } from './runs/runIndex.ts';
import { registerRuns } from './runs/registerRuns.ts';
import type { Services } from './services.ts';
import { Playheads } from './timeline/playheads.ts';
import { registerTimeline } from './timeline/registerTimeline.ts';
import { registerTranscripts } from './transcripts/registerTranscripts.ts';

/** What must have ended before the extension host may go. */
let stop: (() => Promise<void>) | undefined;

/** Puts the extension's parts together. What is heavy is loaded by the part that needs it, later. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('RTBench', { log: true });
  context.subscriptions.push(log);
  try {
    compose(context, log);
  } catch (error) {
    // VS Code itself shows nothing.
    reportError(log, 'RTBench could not start', error);
    throw error;
  }
}

export async function deactivate(): Promise<void> {
  await stop?.();
}

function compose(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): void {
  const keys = new ApiKeyStore(context.secrets, context.globalState);
  const endpoints = new ConfiguredEndpoints(context, keys, log);
  const embedded = new EmbeddedEndpointService(log);
  const tester = new EndpointTester(keys, embedded, log);
  const runs = new RunIndex(log);
  const baselines = new Baselines(context.workspaceState, runs);
  const live = new LiveRuns();
  const measurement = new Measurement();
  const playheads = new Playheads();
  const services: Services = {
    context,
    log,
    endpoints,
    embedded,
    measurement,
    live,
    runs,
    baselines,
    playheads,
  };
  stop = () => embedded.stop();
  context.subscriptions.push(
    endpoints,
    embedded,
    tester,
    live,
    runs,
    baselines,
    playheads,
    registerEndpoints({ log, keys, endpoints, embedded, tester }),
    registerRuns(services),
    registerRunEditor(services),
    registerCompareEditor(services),
    registerRunFileSchema(context),
    registerBenchmark(services),
    registerTimeline(services),
    registerTranscripts(services),
    registerPlans(services, keys),
    registerLanguage(services),
    registerBaselines(services),
    registerCompareCommands(services),
    registerAgentTools(services),
    registerCommands(log, {
      'rtbench.openSettings': () => openSettings(context),
      'rtbench.showLog': () => {
        log.show();
      },
    }),
  );
}

async function openSettings({ extension }: vscode.ExtensionContext): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${extension.id}`);
}
