import path from 'node:path';
import { parseArgs } from 'node:util';

/** What `@vscode/test-electron` asks of a VS Code executable, as far as the server host has it. */
export interface HostFlags {
  extensionDevelopmentPath: string;
  extensionTestsPath: string;
  /** Folder or `.code-workspace` file to open. */
  workspace: string | null;
  trustEverything: boolean;
}

/** Reads the command line of VS Code's desktop executable; what has no meaning here is ignored. */
export function parseHostFlags(args: string[]): HostFlags {
  const { values, positionals } = parseArgs({
    args,
    strict: false,
    allowPositionals: true,
    options: {
      extensionDevelopmentPath: { type: 'string' },
      extensionTestsPath: { type: 'string' },
      'disable-workspace-trust': { type: 'boolean' },
    },
  });
  return {
    extensionDevelopmentPath: absolute('extensionDevelopmentPath', values.extensionDevelopmentPath),
    extensionTestsPath: absolute('extensionTestsPath', values.extensionTestsPath),
    workspace: positionals[0] === undefined ? null : path.resolve(positionals[0]),
    trustEverything: values['disable-workspace-trust'] === true,
  };
}

function absolute(flag: string, value: string | boolean | undefined): string {
  if (typeof value !== 'string') throw new Error(`The server host needs --${flag}=PATH.`);
  return path.resolve(value);
}
