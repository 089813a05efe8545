import { crc32 } from 'node:zlib';

/** AWS's event-stream encoding as its specification has it, apart from the product's library. */
export interface EventFrame {
  headers: Map<string, string | Buffer | Date>;
  /** The headers as they were encoded, by name. */
  encodedHeaders: Map<string, Buffer>;
  body: Buffer;
}

const prelude = 12;
const overhead = 16;

/** Cuts whole frames off the front; returns what is left. */
export function takeFrames(bytes: Buffer, take: (frame: Buffer) => void): Buffer {
  let rest = bytes;
  while (rest.length >= 4 && rest.length >= rest.readUInt32BE(0)) {
    const length = rest.readUInt32BE(0);
    if (length < overhead) throw new Error(`a frame of ${length} bytes`);
    take(rest.subarray(0, length));
    rest = rest.subarray(length);
  }
  return rest;
}

/** @throws Error for a frame that is not encoded as it should be. */
export function decodeFrame(frame: Buffer): EventFrame {
  if (frame.length < overhead) throw new Error('a frame that is too short');
  if (frame.readUInt32BE(0) !== frame.length) throw new Error('a wrong total length');
  if (frame.readUInt32BE(8) !== crc32(frame.subarray(0, 8))) throw new Error('a wrong prelude CRC');
  const checked = frame.subarray(0, frame.length - 4);
  if (frame.readUInt32BE(checked.length) !== crc32(checked)) throw new Error('a wrong message CRC');
  const headersEnd = prelude + frame.readUInt32BE(4);
  if (headersEnd > checked.length) throw new Error('headers longer than the frame');
  const { headers, encodedHeaders } = decodeHeaders(frame.subarray(prelude, headersEnd));
  return { headers, encodedHeaders, body: frame.subarray(headersEnd, checked.length) };
}

function decodeHeaders(bytes: Buffer): Pick<EventFrame, 'headers' | 'encodedHeaders'> {
  const headers: EventFrame['headers'] = new Map();
  const encodedHeaders = new Map<string, Buffer>();
  let at = 0;
  while (at < bytes.length) {
    const start = at;
    const nameEnd = at + 1 + bytes.readUInt8(at);
    const name = bytes.toString('utf8', at + 1, nameEnd);
    const { value, end } = headerValue(bytes, nameEnd);
    if (headers.has(name)) throw new Error(`the header ${name} twice`);
    headers.set(name, value);
    encodedHeaders.set(name, bytes.subarray(start, end));
    at = end;
  }
  return { headers, encodedHeaders };
}

function headerValue(bytes: Buffer, at: number): { value: string | Buffer | Date; end: number } {
  const type = bytes.readUInt8(at);
  if (type === 8) return { value: new Date(Number(bytes.readBigInt64BE(at + 1))), end: at + 9 };
  if (type !== 6 && type !== 7) throw new Error(`a header of type ${type}`);
  const end = at + 3 + bytes.readUInt16BE(at + 1);
  const value = bytes.subarray(at + 3, end);
  return { value: type === 7 ? value.toString('utf8') : value, end };
}

/** A frame with text headers, as the service sends them. */
export function encodeFrame(headers: Readonly<Record<string, string>>, body: Uint8Array): Buffer {
  const encoded = Buffer.concat(
    Object.entries(headers).map(([name, value]) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(Buffer.byteLength(value));
      return Buffer.concat([
        Buffer.from([Buffer.byteLength(name)]),
        Buffer.from(name),
        Buffer.from([7]),
        length,
        Buffer.from(value),
      ]);
    }),
  );
  const frame = Buffer.alloc(overhead + encoded.length + body.length);
  frame.writeUInt32BE(frame.length, 0);
  frame.writeUInt32BE(encoded.length, 4);
  frame.writeUInt32BE(crc32(frame.subarray(0, 8)), 8);
  encoded.copy(frame, prelude);
  Buffer.from(body).copy(frame, prelude + encoded.length);
  frame.writeUInt32BE(crc32(frame.subarray(0, frame.length - 4)), frame.length - 4);
  return frame;
}
