import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';

/** The command by which an extension that is not ours calls a tool. */
export const callToolCommand = 'Tool Caller: Call Tool';

/**
 * Makes an extension that calls a language-model tool, as another agent would: VS Code's own agent
 * needs an account. What the tool answers is shown as a message.
 *
 * @returns path of its VSIX
 */
export async function makeToolCaller(
  folder: string,
  call: { tool: string; input: object },
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const [category, title] = callToolCommand.split(': ');
  const manifest = {
    name: 'tool-caller',
    publisher: 'rtbench-tests',
    version: '1.0.0',
    license: 'MIT',
    repository: 'https://example.com',
    engines: { vscode: '^1.103.0' },
    main: './main.js',
    contributes: { commands: [{ command: 'toolCaller.call', title, category }] },
  };
  const program = `
    const vscode = require('vscode');
    const call = ${JSON.stringify({ input: call.input })};
    exports.activate = () => vscode.commands.registerCommand('toolCaller.call', () =>
      vscode.lm.invokeTool(${JSON.stringify(call.tool)}, { ...call, toolInvocationToken: undefined })
        .then(({ content }) => content[0].value, String)
        .then((answer) => { void vscode.window.showInformationMessage(answer); }));
  `;
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(folder, 'main.js'), program);
  await writeFile(path.join(folder, 'README.md'), 'Calls a tool.');
  await writeFile(path.join(folder, 'LICENSE'), 'MIT');
  const packagePath = path.join(folder, 'tool-caller.vsix');
  await createVSIX({ cwd: folder, packagePath, dependencies: false });
  return packagePath;
}
