import { parseMultipart } from './multipart.ts';
import type { FormPart } from './multipart.ts';
import { RequestError } from './requestError.ts';

/** As vLLM has it by default. */
export const maxUploadBytes = 25 * 1024 * 1024;

/** A request for the transcription of a file, read and checked. */
export interface TranscriptionForm {
  file: { name: string; bytes: Uint8Array };
  format: 'json' | 'text';
  stream: boolean;
  includeUsage: boolean;
}

/**
 * Reads a `multipart/form-data` body. Fields that are not known are let go.
 *
 * @throws RequestError
 */
export function readTranscriptionForm(
  body: Uint8Array,
  contentType: string,
  modelId: string,
): TranscriptionForm {
  const parts = parseMultipart(body, contentType);
  if (parts === null) {
    throw new RequestError('BadRequestError', 'The body must be well-formed multipart/form-data.');
  }
  const model = field(parts, 'model') ?? modelId;
  if (model !== modelId) {
    throw new RequestError('NotFoundError', `The model \`${model}\` does not exist.`, 'model');
  }
  const stream = flag(parts, 'stream');
  const includeUsage = flag(parts, 'stream_include_usage');
  if (includeUsage && !stream) {
    const message = 'Stream options can only be set if `stream` is true.';
    throw new RequestError('BadRequestError', message, 'stream_include_usage');
  }
  return { file: fileOf(parts), format: formatOf(parts), stream, includeUsage };
}

function field(parts: readonly FormPart[], name: string): string | null {
  const part = parts.find((one) => one.name === name);
  return part === undefined ? null : Buffer.from(part.bytes).toString('utf8');
}

function fileOf(parts: readonly FormPart[]): TranscriptionForm['file'] {
  const { fileName, bytes } = parts.find((one) => one.name === 'file') ?? {};
  if (bytes === undefined || typeof fileName !== 'string') {
    throw new RequestError('BadRequestError', 'The field `file` must be a file.', 'file');
  }
  if (bytes.length > maxUploadBytes) {
    throw new RequestError('BadRequestError', 'Maximum file size exceeded', 'file');
  }
  return { name: fileName, bytes };
}

function formatOf(parts: readonly FormPart[]): 'json' | 'text' {
  const format = field(parts, 'response_format') ?? 'json';
  if (format === 'json' || format === 'text') return format;
  const message = `The response_format \`${format}\` is not supported here: use json or text.`;
  throw new RequestError('BadRequestError', message, 'response_format');
}

function flag(parts: readonly FormPart[], name: string): boolean {
  const value = field(parts, name)?.toLowerCase() ?? 'false';
  if (value === 'false' || value === '0') return false;
  if (value === 'true' || value === '1') return true;
  throw new RequestError('BadRequestError', `\`${name}\` must be true or false.`, name);
}
