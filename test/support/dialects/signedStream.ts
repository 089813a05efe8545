import { eventSignature, parseAuthorization, requestSignature } from './awsSignature.ts';
import type { SigningKey } from './awsSignature.ts';
import { decodeFrame, takeFrames } from './eventFrames.ts';
import type { EventFrame } from './eventFrames.ts';

export interface SignedStreamOptions {
  service: string;
  region: string;
  /** Secrets by the ids of their access keys. */
  accessKeys: ReadonlyMap<string, string>;
  /** The token that temporary credentials come with; null for long-lived ones. */
  sessionToken: string | null;
}

/** Why a request is not let in, as AWS says it. */
export interface Denial {
  errorType: string;
  message: string;
}

const fiveMinutesMs = 300_000;

/** The receiving end of a signed event stream: checks the request, then every event. */
export class SignedStream {
  readonly #options: SignedStreamOptions;
  readonly #violation: (what: string) => void;
  #key: SigningKey | null = null;
  #prior = '';
  #rest: Buffer = Buffer.alloc(0);
  /** Whether the empty event came. */
  hasEnd = false;
  events = 0;

  constructor(options: SignedStreamOptions, violation: (what: string) => void) {
    this.#options = options;
    this.#violation = violation;
  }

  /** Null for a request that is signed as it should be. */
  deny(headers: Readonly<Record<string, string | undefined>>): Denial | null {
    const authorization = parseAuthorization(headers.authorization ?? '');
    if (!authorization) {
      return { errorType: 'MissingAuthenticationTokenException', message: 'Missing Token' };
    }
    const { accessKeyId, scope, signedHeaders, signature } = authorization;
    const { accessKeys, region, service, sessionToken } = this.#options;
    const secretAccessKey = accessKeys.get(accessKeyId);
    if (
      secretAccessKey === undefined ||
      (headers['x-amz-security-token'] ?? null) !== sessionToken
    ) {
      return {
        errorType: 'UnrecognizedClientException',
        message: 'The security token included in the request is invalid.',
      };
    }
    this.#key = { secretAccessKey, region, service };
    this.#checkHeaders(headers, scope, signedHeaders);
    const request = { method: 'POST', path: headers[':path'] ?? '', headers };
    if (requestSignature(this.#key, request, signedHeaders) !== signature) {
      return {
        errorType: 'InvalidSignatureException',
        message: 'The request signature we calculated does not match the signature you provided.',
      };
    }
    this.#prior = signature;
    return null;
  }

  #checkHeaders(
    headers: Readonly<Record<string, string | undefined>>,
    scope: string,
    signedHeaders: readonly string[],
  ): void {
    const { region, service } = this.#options;
    const date = headers['x-amz-date'] ?? '';
    const checks: [boolean, string][] = [
      [scope === `${date.slice(0, 8)}/${region}/${service}/aws4_request`, `the scope ${scope}`],
      [isNow(date), `the date ${date}`],
      [
        headers['x-amz-content-sha256'] === 'STREAMING-AWS4-HMAC-SHA256-EVENTS',
        `the payload hash ${headers['x-amz-content-sha256'] ?? ''}`,
      ],
      [
        headers['content-type'] === 'application/vnd.amazon.eventstream',
        `the content type ${headers['content-type'] ?? ''}`,
      ],
      [signedHeaders.toSorted().join() === signedHeaders.join(), 'signed headers out of order'],
      [signedHeaders.includes(':authority') || signedHeaders.includes('host'), 'host not signed'],
      [/:\d+$/.test(headers[':authority'] ?? ''), 'no port in :authority'],
    ];
    for (const [isRight, what] of checks) if (!isRight) this.#violation(what);
    for (const name of Object.keys(headers)) {
      const isOwn = name === 'content-type' || name.startsWith('x-amz');
      if (isOwn && !signedHeaders.includes(name)) this.#violation(`${name} not signed`);
    }
  }

  /** The events within the envelopes that these bytes complete. */
  push(bytes: Buffer): EventFrame[] {
    const events: EventFrame[] = [];
    try {
      this.#rest = takeFrames(Buffer.concat([this.#rest, bytes]), (frame) => {
        const event = this.#open(decodeFrame(frame), frame.length);
        if (event) events.push(event);
      });
    } catch (error) {
      this.#violation(error instanceof Error ? error.message : String(error));
      this.#rest = Buffer.alloc(0);
    }
    return events;
  }

  /** The client ended its side. */
  end(): void {
    if (!this.hasEnd) this.#violation('the stream ended without an empty event');
    if (this.#rest.length > 0) this.#violation('the stream ended inside a frame');
  }

  #open(envelope: EventFrame, bytes: number): EventFrame | null {
    const { headers, encodedHeaders, body } = envelope;
    if (this.hasEnd) this.#violation('an event after the empty one');
    const date = headers.get(':date');
    const signature = headers.get(':chunk-signature');
    const names = [...headers.keys()].toSorted().join();
    if (names !== ':chunk-signature,:date') this.#violation(`an envelope with ${names}`);
    if (!(date instanceof Date) || !(signature instanceof Buffer) || !this.#key) {
      this.#violation('an envelope without date or signature');
      return null;
    }
    if (Math.abs(date.getTime() - Date.now()) > fiveMinutesMs) this.#violation('an old event');
    const encodedDate = encodedHeaders.get(':date')!;
    const wanted = eventSignature(this.#key, { date, encodedDate, body, prior: this.#prior });
    if (signature.toString('hex') !== wanted) this.#violation('a wrong signature of an event');
    this.#prior = wanted;
    if (body.length === 0) {
      this.hasEnd = true;
      if (bytes !== 83) this.#violation(`a last event of ${bytes} bytes`);
      return null;
    }
    this.events += 1;
    return decodeFrame(body);
  }
}

function isNow(date: string): boolean {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  if (!match) return false;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number);
  const at = Date.UTC(year!, month! - 1, day, hour, minute, second);
  return Math.abs(at - Date.now()) < fiveMinutesMs;
}
