import { pathToFileURL } from 'node:url';

export interface WorkbenchAddress {
  /** `http://127.0.0.1:PORT` of the server. */
  url: string;
  /** Folder, or `.code-workspace` file, to open. */
  workspace: string | null;
  extensionDevelopmentPath?: string;
  extensionTestsPath?: string;
}

/** The address that opens VS Code's workbench on a folder, with an extension under development. */
export function workbenchAddress(options: WorkbenchAddress): string {
  const { url, workspace, extensionDevelopmentPath, extensionTestsPath } = options;
  const remote = (file: string): string =>
    `vscode-remote://${new URL(url).host}${pathToFileURL(file).pathname}`;
  const payload = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
    ...(extensionDevelopmentPath === undefined
      ? []
      : [['extensionDevelopmentPath', remote(extensionDevelopmentPath)]]),
    ...(extensionTestsPath === undefined
      ? []
      : [['extensionTestsPath', remote(extensionTestsPath)]]),
  ];
  const address = new URL(url);
  if (workspace !== null) {
    const key = workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
    address.searchParams.set(key, workspace);
  }
  address.searchParams.set('payload', JSON.stringify(payload));
  return address.href;
}
