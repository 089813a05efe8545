import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { build } from 'esbuild';
import { runEditorPage } from '../../../src/extension/runEditor/runEditorPage.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
};

/** Serves the run editor's page as a webview gets it, with the same content security policy. */
export interface RunEditorHost {
  url: string;
  /** Sizes of the bundles as they ship, in bytes. */
  scriptBytes: number;
  styleBytes: number;
  close(): Promise<void>;
}

/** Bundles the page anew, so that a test never sees an old build. */
export async function startRunEditorHost(): Promise<RunEditorHost> {
  const files = await bundle();
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://host').pathname.slice(1) || 'page.html';
    const origin = `http://${request.headers.host ?? ''}`;
    const content = name === 'page.html' ? html(origin) : files.get(name);
    if (content === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': contentTypes[path.extname(name)] }).end(content);
  });
  const url = await listen(server);
  return {
    url,
    scriptBytes: files.get('runEditor.js')!.byteLength,
    styleBytes: files.get('runEditor.css')!.byteLength,
    close: () =>
      new Promise((closed) => {
        server.close(() => {
          closed();
        });
        server.closeAllConnections();
      }),
  };
}

async function bundle(): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, 'webview-ui/runEditor/main.ts')],
    outfile: path.join(root, 'dist/webview/runEditor.js'),
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    write: false,
    logLevel: 'error',
  });
  const files = new Map<string, Uint8Array>(
    outputFiles.map((file) => [path.basename(file.path), file.contents]),
  );
  for (const name of ['codicon.css', 'codicon.ttf']) {
    files.set(name, await readFile(path.join(root, 'node_modules/@vscode/codicons/dist', name)));
  }
  return files;
}

function html(origin: string): string {
  return runEditorPage({
    cspSource: origin,
    nonce: randomBytes(16).toString('base64'),
    scriptUri: `${origin}/runEditor.js`,
    styleUris: [`${origin}/codicon.css`, `${origin}/runEditor.css`],
  });
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
