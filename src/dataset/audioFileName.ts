import { extname } from 'node:path';

/** Extensions of the audio formats that can be decoded. */
const readable = new Set(['.wav', '.wave', '.flac', '.mp3', '.ogg', '.oga', '.opus']);

/** Audio by its extension, in formats that cannot be decoded. */
const unreadable = new Set(['.m4a', '.aac', '.mp4', '.wma', '.webm', '.aiff', '.aif', '.amr']);

/** What a file's name says about it: audio that can be read, audio that cannot, or no audio. */
export function audioKind(path: string): 'readable' | 'unreadable' | 'none' {
  const extension = extname(path).toLowerCase();
  if (readable.has(extension)) return 'readable';
  return unreadable.has(extension) ? 'unreadable' : 'none';
}

/** A path without its extension. */
export function withoutExtension(path: string): string {
  return path.slice(0, path.length - extname(path).length);
}
