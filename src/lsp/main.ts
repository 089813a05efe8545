// The language server as a program: talks over standard input and output, or over the channel that
// its client names on the command line.
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startLanguageServer } from './languageServer.ts';

startLanguageServer(createConnection(ProposedFeatures.all));
