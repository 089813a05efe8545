import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';

/** Beside the command line as it ships, and where its source is. */
const places = ['./languageServer.cjs', '../lsp/main.ts'];

export const lspCommand = new Command('lsp')
  .description('Serve an editor with help for plan files (Language Server Protocol).')
  .option('--stdio', 'over standard input and output, which is the only way', true)
  .addHelpText(
    'after',
    '\nFor editors other than VS Code, which has it built in. Speaks the protocol on standard output.',
  )
  .action(async () => {
    const addresses = places.map((place) => new URL(place, import.meta.url));
    const program = addresses.find((address) => existsSync(address)) ?? addresses[0]!;
    // The server reads how to talk from the command line.
    if (!process.argv.includes('--stdio')) process.argv.push('--stdio');
    // A path, which the bundle's `require` takes, too.
    await import(fileURLToPath(program));
  });
