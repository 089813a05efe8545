/** Lists a folder; empty where it cannot be read. */
export type ListFolder = (folder: string) => Promise<readonly FolderEntry[]>;

export interface FolderEntry {
  name: string;
  isFolder: boolean;
}

export interface FindLimits {
  /** How far below the first folder; 0 is that folder alone. */
  depth: number;
  /** Folders looked into. */
  mostFolders: number;
}

export interface FoundFile {
  folder: string;
  name: string;
}

const neverLookedInto = new Set(['node_modules']);

/**
 * Files with a matching name, folder by folder, the nearest first. It looks at names only, so it
 * works where a workspace cannot be searched, and it ends soon in any workspace.
 */
export async function findInFolders(
  root: string,
  list: ListFolder,
  matches: (name: string) => boolean,
  { depth, mostFolders }: FindLimits,
): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  let level = [root];
  let left = mostFolders;
  for (let below = 0; below <= depth && level.length > 0 && left > 0; below++) {
    const next: string[] = [];
    for (const folder of level.slice(0, left)) {
      for (const { name, isFolder } of await list(folder)) {
        if (!isFolder && matches(name)) found.push({ folder, name });
        if (isFolder && mayHold(name)) next.push(`${folder}/${name}`);
      }
    }
    left -= level.length;
    level = next;
  }
  return found;
}

function mayHold(name: string): boolean {
  return !name.startsWith('.') && !neverLookedInto.has(name);
}
