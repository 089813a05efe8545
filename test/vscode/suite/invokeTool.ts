import assert from 'node:assert/strict';
import * as vscode from 'vscode';

type Options = Partial<vscode.LanguageModelToolInvocationOptions<object>>;

/** What a tool answers, as VS Code gives it to a model. */
export async function invoke(
  name: string,
  input: object,
  options: Options = {},
  token?: vscode.CancellationToken,
): Promise<string> {
  const call = { input, toolInvocationToken: undefined, ...options };
  const { content } = await vscode.lm.invokeTool(name, call, token);
  const [part, ...others] = content;
  assert.deepEqual(others, []);
  assert.ok(part instanceof vscode.LanguageModelTextPart);
  return part.value;
}
