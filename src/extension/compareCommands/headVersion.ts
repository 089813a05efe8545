import * as vscode from 'vscode';
import * as z from 'zod/mini';

/** The part of the API of VS Code's own Git extension that is used. */
interface GitApi {
  toGitUri(uri: vscode.Uri, ref: string): unknown;
  getRepository(uri: vscode.Uri): unknown;
}

interface GitRepository {
  /** Rejects where the commit does not hold the file. */
  getObjectDetails(treeish: string, path: string): Promise<unknown>;
  /** Resolves with the difference as text. */
  diffWithHEAD(path: string): Promise<unknown>;
}

const method = z.custom((value) => typeof value === 'function');
const exportsSchema = z.object({ getAPI: method });
const apiSchema = z.object({ toGitUri: method, getRepository: method });
const repositorySchema = z.object({ getObjectDetails: method, diffWithHEAD: method });

/** Null where Git is switched off, or the extension is another one than is known. */
async function gitApi(): Promise<GitApi | null> {
  const extension: vscode.Extension<unknown> | undefined =
    vscode.extensions.getExtension('vscode.git');
  if (!extension) return null;
  try {
    const exported = await extension.activate();
    if (!isExports(exported)) return null;
    const api = exported.getAPI(1);
    return isApi(api) ? api : null;
  } catch {
    // Git is not installed, cannot be started, or is switched off.
    return null;
  }
}

/** The version of a file that was committed last; null where there is none, or it is the same. */
export async function headVersion(uri: vscode.Uri): Promise<vscode.Uri | null> {
  if (uri.scheme !== 'file') return null;
  const api = await gitApi();
  const repository = api?.getRepository(uri);
  if (!api || !isRepository(repository)) return null;
  if (!(await isChanged(repository, uri.fsPath))) return null;
  const head = api.toGitUri(uri, 'HEAD');
  return head instanceof vscode.Uri ? head : null;
}

async function isChanged(repository: GitRepository, file: string): Promise<boolean> {
  try {
    await repository.getObjectDetails('HEAD', file);
    return (await repository.diffWithHEAD(file)) !== '';
  } catch {
    return false;
  }
}

function isExports(value: unknown): value is { getAPI(version: number): unknown } {
  return exportsSchema.safeParse(value).success;
}

function isApi(value: unknown): value is GitApi {
  return apiSchema.safeParse(value).success;
}

function isRepository(value: unknown): value is GitRepository {
  return repositorySchema.safeParse(value).success;
}
