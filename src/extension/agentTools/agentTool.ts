import * as vscode from 'vscode';
import type { ToolCall } from '../../agenttools/agentWorkspace.ts';
import { AllowedRuns } from '../../agenttools/allowedRuns.ts';
import { costOf } from '../../agenttools/benchmarkCost.ts';
import { fitCharacters, fitText } from '../../agenttools/fitText.ts';
import { runTool } from '../../agenttools/runTool.ts';
import { toolDefinitions } from '../../agenttools/toolDefinitions.ts';
import { isMeasuring, type ToolName } from '../../agenttools/toolNames.ts';
import { wantedRuns } from '../../agenttools/wantedRuns.ts';
import { errorText } from '../../common/benchError.ts';
import type { Services } from '../services.ts';
import { EditorWorkspace } from './editorWorkspace.ts';
import { requireTrusted } from './requireTrusted.ts';

const sending = 'Sending audio';
const allowed = new AllowedRuns();

export interface ToolRequest {
  name: ToolName;
  /** Of a model: not checked yet. */
  input: unknown;
  token: vscode.CancellationToken;
}

/** What the user is told, and asked where audio would be sent. Sends and writes nothing. */
export async function prepareTool(
  services: Services,
  { name, input }: ToolRequest,
): Promise<vscode.PreparedToolInvocation> {
  const invocationMessage = `RTBench: ${toolDefinitions[name].title}`;
  if (!isMeasuring(name)) return { invocationMessage };
  requireTrusted(sending);
  const workspace = new EditorWorkspace(services);
  const wanted = await wantedRuns(name, input, workspace);
  const cost = await costOf(wanted, workspace);
  allowed.ask({ name, input }, wanted.runs);
  return {
    invocationMessage,
    confirmationMessages: { title: cost.title, message: plainMarkdown(cost.sentences) },
  };
}

/**
 * Does what a model asks for. Throws an Error whose message tells the model what to change.
 * @param tokens of the answer, where the caller counts them
 */
export async function invokeTool(
  services: Services,
  { name, input, token }: ToolRequest,
  tokens: vscode.LanguageModelToolTokenizationOptions | undefined,
): Promise<vscode.LanguageModelToolResult> {
  if (isMeasuring(name)) requireTrusted(sending);
  const { signal, dispose } = signalOf(token);
  try {
    const call: ToolCall = {
      signal,
      // The run's own notification shows how it goes.
      onProgress: () => undefined,
      requireAllowed: allowed.taken({ name, input }),
    };
    const text = await runTool(name, input, new EditorWorkspace(services), call);
    const fitting = tokens
      ? await fitText(text, tokens.tokenBudget, (part) => tokens.countTokens(part))
      : await fitCharacters(text);
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(fitting)]);
  } catch (error) {
    services.log.warn(`${name}: ${errorText(error)}`);
    throw error;
  } finally {
    dispose();
  }
}

/** Paragraphs that can neither link nor format: they repeat names of settings and files. */
function plainMarkdown(paragraphs: readonly string[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  for (const paragraph of paragraphs) markdown.appendText(`${paragraph}\n\n`);
  return markdown;
}

function signalOf(token: vscode.CancellationToken): { signal: AbortSignal; dispose: () => void } {
  const stop = new AbortController();
  if (token.isCancellationRequested) stop.abort();
  const subscription = token.onCancellationRequested(() => {
    stop.abort();
  });
  return {
    signal: stop.signal,
    dispose: () => {
      subscription.dispose();
    },
  };
}
