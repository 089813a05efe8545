import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import type { PageFiles } from '../../../src/extension/webviewPage.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
  '.wav': 'audio/wav',
};

/** Serves a page as a webview gets it, with the same content security policy. */
export interface PageHost {
  url: string;
  /** Offers a file beside the page; answers ranges, as VS Code does. Returns its address. */
  offer: (name: string, content: Uint8Array) => string;
  /** Sizes of the bundles as they ship, in bytes. */
  scriptBytes: number;
  styleBytes: number;
  close(): Promise<void>;
}

/**
 * Bundles a page anew, so that a test never sees an old build, and serves it.
 *
 * @param name its folder in `webview-ui` and its bundle's name
 */
export async function startPageHost(
  name: string,
  html: (files: PageFiles) => string,
): Promise<PageHost> {
  const files = await bundle(name);
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://host').pathname.slice(1) || 'page.html';
    const origin = `http://${request.headers.host ?? ''}`;
    const content =
      asked === 'page.html' ? Buffer.from(html(pageFiles(name, origin))) : files.get(asked);
    if (content === undefined) response.writeHead(404).end();
    else answer(request, response, { name: asked, content });
  });
  const url = await listen(server);
  return {
    url,
    offer: (file, content) => {
      files.set(file, content);
      return `${url}${file}`;
    },
    scriptBytes: files.get(`${name}.js`)!.byteLength,
    styleBytes: files.get(`${name}.css`)!.byteLength,
    close: () =>
      new Promise((closed) => {
        server.close(() => {
          closed();
        });
        server.closeAllConnections();
      }),
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { name, content }: { name: string; content: Uint8Array },
): void {
  const type = { 'content-type': contentTypes[path.extname(name)], 'accept-ranges': 'bytes' };
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  if (!range) {
    response.writeHead(200, { ...type, 'content-length': content.byteLength }).end(content);
    return;
  }
  const from = Number(range[1]);
  const to = range[2] ? Number(range[2]) : content.byteLength - 1;
  response.writeHead(206, {
    ...type,
    'content-length': to - from + 1,
    'content-range': `bytes ${from}-${to}/${content.byteLength}`,
  });
  response.end(content.subarray(from, to + 1));
}

async function bundle(name: string): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, 'webview-ui', name, 'main.ts')],
    outfile: path.join(root, 'dist', 'webview', `${name}.js`),
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
  for (const icons of ['codicon.css', 'codicon.ttf']) {
    files.set(icons, await readFile(path.join(root, 'node_modules/@vscode/codicons/dist', icons)));
  }
  return files;
}

function pageFiles(name: string, origin: string): PageFiles {
  return {
    cspSource: origin,
    nonce: randomBytes(16).toString('base64'),
    scriptUri: `${origin}/${name}.js`,
    styleUris: [`${origin}/codicon.css`, `${origin}/${name}.css`],
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
