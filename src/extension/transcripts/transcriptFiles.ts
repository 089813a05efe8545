import * as vscode from 'vscode';
import { ReadOnlyFiles } from '../readOnlyFiles.ts';

/** A file as VS Code asks for it. */
export interface TranscriptFile {
  text: string;
  /** Changes with the text. */
  mtime: number;
}

/**
 * Transcripts as files that cannot be written. Not a content provider's documents: VS Code brings
 * only files back after a restart.
 */
export class TranscriptFiles extends ReadOnlyFiles {
  readonly #read: (uri: vscode.Uri) => Promise<TranscriptFile>;

  constructor(read: (uri: vscode.Uri) => Promise<TranscriptFile>) {
    super();
    this.#read = read;
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { text, mtime } = await this.#read(uri);
    const permissions = vscode.FilePermission.Readonly;
    const size = Buffer.byteLength(text);
    return { type: vscode.FileType.File, ctime: 0, mtime, size, permissions };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return Buffer.from((await this.#read(uri)).text);
  }
}
