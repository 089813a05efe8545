import * as vscode from 'vscode';
import * as z from 'zod';

const command = z.object({ command: z.string() });
const manifestSchema = z.object({
  contributes: z.object({
    commands: z.array(z.object({ ...command.shape, title: z.string(), category: z.string() })),
    menus: z.record(z.string(), z.array(command)),
    configuration: z.object({
      properties: z.record(z.string(), z.object({ default: z.unknown() })),
    }),
  }),
});

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('rtbench.rtbench');
  if (found === undefined) throw new Error('VS Code does not know the extension.');
  return found;
}

/** The extension, activated. */
export async function activatedExtension(): Promise<vscode.Extension<unknown>> {
  const found = extension();
  await found.activate();
  return found;
}

/** What package.json contributes, as VS Code has read it. */
export function contributions(): {
  commands: { command: string; title: string; category: string }[];
  menus: Record<string, { command: string }[]>;
  settings: Record<string, { default?: unknown }>;
} {
  const { contributes } = manifestSchema.parse(extension().packageJSON);
  const { commands, menus, configuration } = contributes;
  return { commands, menus, settings: configuration.properties };
}
