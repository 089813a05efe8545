import * as vscode from 'vscode';
import type { ToolCall } from '../../agenttools/agentWorkspace.ts';
import { benchmarkCost, type BenchmarkCost } from '../../agenttools/benchmarkCost.ts';
import { benchmarkPlan } from '../../agenttools/benchmarkPlan.ts';
import { fitCharacters, fitText } from '../../agenttools/fitText.ts';
import { parseToolInput } from '../../agenttools/parseToolInput.ts';
import { runTool } from '../../agenttools/runTool.ts';
import { toolDefinitions } from '../../agenttools/toolDefinitions.ts';
import { runBenchmarkInput } from '../../agenttools/toolInputs.ts';
import type { ToolName } from '../../agenttools/toolNames.ts';
import { BenchError, errorText } from '../../common/benchError.ts';
import { DatasetAmounts } from '../benchmark/datasetAmounts.ts';
import type { Services } from '../services.ts';
import { EditorWorkspace } from './editorWorkspace.ts';

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
  const { title, measures } = toolDefinitions[name];
  if (!measures) return { invocationMessage: `RTBench: ${title}` };
  requireTrusted();
  const wanted = parseToolInput(name, runBenchmarkInput, input);
  const plan = await benchmarkPlan(wanted, new EditorWorkspace(services));
  const amount = await new DatasetAmounts(services).of(plan.dataset.path);
  const cost = benchmarkCost(plan, amount);
  return {
    invocationMessage: plainMarkdown([`RTBench: ${title}`]),
    confirmationMessages: { title: cost.title, message: plainMarkdown(confirmation(cost, amount)) },
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
  if (toolDefinitions[name].measures) requireTrusted();
  const { call, dispose } = toolCall(token);
  try {
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

function requireTrusted(): void {
  if (vscode.workspace.isTrusted) return;
  throw new BenchError('not_trusted', 'Sending audio needs a trusted workspace: trust it first.');
}

function confirmation(
  { sentences }: BenchmarkCost,
  { problems }: { problems: string[] },
): string[] {
  return [...sentences, ...problems.map((problem) => `Warning: ${problem}`)];
}

/** Paragraphs that can neither link nor format: they repeat names of settings and files. */
function plainMarkdown(paragraphs: readonly string[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  for (const paragraph of paragraphs) markdown.appendText(`${paragraph}\n\n`);
  return markdown;
}

function toolCall(token: vscode.CancellationToken): { call: ToolCall; dispose: () => void } {
  const stop = new AbortController();
  if (token.isCancellationRequested) stop.abort();
  const subscription = token.onCancellationRequested(() => {
    stop.abort();
  });
  return {
    // The run's own notification shows how it goes.
    call: { signal: stop.signal, onProgress: () => undefined },
    dispose: () => {
      subscription.dispose();
    },
  };
}
