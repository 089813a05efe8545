/** One part of a `multipart/form-data` body; `fileName` is null for fields that are no files. */
export interface FormPart {
  name: string;
  fileName: string | null;
  bytes: Uint8Array;
}

const lineEnd = '\r\n';
const headEnd = lineEnd + lineEnd;

/**
 * The parts of a `multipart/form-data` body (RFC 7578) in their order, or null where it is none.
 * Their bytes are views of the body.
 */
export function parseMultipart(body: Uint8Array, contentType: string): FormPart[] | null {
  const boundary = boundaryOf(contentType);
  if (boundary === null) return null;
  // Delimiters begin a line; so does the first, at the start of the body.
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const delimiter = lineEnd + '--' + boundary;
  let at = bytes.indexOf(delimiter.slice(lineEnd.length));
  if (at === -1) return null;
  at += delimiter.length - lineEnd.length;
  const parts: FormPart[] = [];
  while (bytes.toString('latin1', at, at + 2) !== '--') {
    const end = bytes.indexOf(delimiter, at);
    const part = end === -1 ? null : parsePart(bytes.subarray(at, end));
    if (part === null) return null;
    parts.push(part);
    at = end + delimiter.length;
  }
  return parts;
}

function boundaryOf(contentType: string): string | null {
  if (!/^multipart\/form-data\s*;/i.test(contentType)) return null;
  const match = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType);
  return match?.[1] ?? match?.[2] ?? null;
}

/** @param bytes from behind the delimiter up to the next one. */
function parsePart(bytes: Buffer): FormPart | null {
  const end = bytes.indexOf(headEnd);
  if (end === -1) return null;
  const head = bytes.toString('utf8', 0, end);
  const disposition = /^content-disposition:\s*form-data\s*(;.*)$/im.exec(head)?.[1];
  if (disposition === undefined) return null;
  const name = parameter(disposition, 'name');
  if (name === null) return null;
  const fileName = parameter(disposition, 'filename');
  return { name, fileName, bytes: bytes.subarray(end + headEnd.length) };
}

function parameter(disposition: string, name: string): string | null {
  const pattern = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;"]+))`, 'i');
  const match = pattern.exec(disposition);
  return match?.[1] ?? match?.[2] ?? null;
}
