/**
 * A `multipart/form-data` body (RFC 7578) whose last part is a file that is still being written.
 * The boundary is always the same: 24 random characters are in no audio and in no prompt.
 */

const boundary = 'rtbench-a3VfZ1u0QmX7cW9eTs5KdLhB';

export const multipartType = `multipart/form-data; boundary=${boundary}`;

/** A field's part of the body. */
export function formField(name: string, value: string): string {
  return `--${boundary}\r\n${disposition(name)}\r\n\r\n${value}\r\n`;
}

/** What comes before the bytes of the file. */
export function formFile(name: string, fileName: string, contentType: string): string {
  const part = `${disposition(name)}; filename="${escapeName(fileName)}"`;
  return `--${boundary}\r\n${part}\r\nContent-Type: ${contentType}\r\n\r\n`;
}

/** What follows the file. */
export const formEnd = `\r\n--${boundary}--\r\n`;

function disposition(name: string): string {
  return `Content-Disposition: form-data; name="${escapeName(name)}"`;
}

/** As browsers do: HTML, "Multipart form data". */
function escapeName(name: string): string {
  return name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}
