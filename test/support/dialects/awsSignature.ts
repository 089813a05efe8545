import { createHash, createHmac } from 'node:crypto';

/** AWS Signature Version 4 as its specification has it, apart from the product's library. */
export interface SigningKey {
  secretAccessKey: string;
  region: string;
  service: string;
}

/** A request whose signature is to be checked. */
export interface SignedRequest {
  method: string;
  /** As it was sent, with its query. */
  path: string;
  headers: Readonly<Record<string, string | undefined>>;
}

export interface Authorization {
  accessKeyId: string;
  scope: string;
  signedHeaders: string[];
  signature: string;
}

export function parseAuthorization(header: string): Authorization | null {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]{64})$/.exec(
      header,
    );
  if (!match) return null;
  const [, accessKeyId = '', scope = '', signedHeaders = '', signature = ''] = match;
  return { accessKeyId, scope, signedHeaders: signedHeaders.split(';'), signature };
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function signature({ secretAccessKey, region, service }: SigningKey, day: string, text: string) {
  let key = createHmac('sha256', `AWS4${secretAccessKey}`).update(day).digest();
  for (const part of [region, service, 'aws4_request']) {
    key = createHmac('sha256', key).update(part).digest();
  }
  return createHmac('sha256', key).update(text).digest('hex');
}

function uriEncode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, percent);
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function canonicalQuery(query: string): string {
  const pairs = [...new URLSearchParams(query)].map(([name, value]) => [
    uriEncode(name),
    uriEncode(value),
  ]);
  const lines = pairs.map((pair) => pair.join('='));
  return lines.sort((a, b) => (a < b ? -1 : 1)).join('&');
}

/** The signature that a request should have. */
export function requestSignature(
  key: SigningKey,
  { method, path, headers }: SignedRequest,
  signedHeaders: readonly string[],
): string {
  const date = headers['x-amz-date'] ?? '';
  const day = date.slice(0, 8);
  const [pathname = '', query = ''] = path.split('?');
  const canonical = [
    method,
    // What is encoded already is encoded again, everywhere but in S3.
    pathname.split('/').map(uriEncode).join('/'),
    canonicalQuery(query),
    ...signedHeaders.map(
      (name) => `${name}:${(headers[name] ?? '').trim().replaceAll(/ +/g, ' ')}`,
    ),
    '',
    signedHeaders.join(';'),
    headers['x-amz-content-sha256'] ?? '',
  ].join('\n');
  const scope = `${day}/${key.region}/${key.service}/aws4_request`;
  return signature(key, day, ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n'));
}

/** The signature that an event should have. */
export function eventSignature(
  key: SigningKey,
  event: { date: Date; encodedDate: Uint8Array; body: Uint8Array; prior: string },
): string {
  const date = event.date.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const day = date.slice(0, 8);
  const lines = [
    'AWS4-HMAC-SHA256-PAYLOAD',
    date,
    `${day}/${key.region}/${key.service}/aws4_request`,
    event.prior,
    sha256(event.encodedDate),
    sha256(event.body),
  ];
  return signature(key, day, lines.join('\n'));
}
