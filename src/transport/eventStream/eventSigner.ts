import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentials } from './awsCredentials.ts';
import { eventCodec } from './messages.ts';

const service = 'sagemaker';

/**
 * Signs one stream with AWS Signature Version 4: the request, then each event, whose signature
 * covers the one before. Events must be signed one after the other.
 */
export class EventSigner {
  readonly #signer: SignatureV4;
  #priorSignature = '';

  /** The same credentials sign all of a stream, also where the chain has newer ones meanwhile. */
  constructor(credentials: AwsCredentials, region: string) {
    this.#signer = new SignatureV4({ credentials, region, service, sha256: Sha256 });
  }

  /** The headers of the request for a stream, HTTP/2's own among them. */
  async request(
    url: URL,
    headers: Readonly<Record<string, string>>,
    date: Date,
  ): Promise<Record<string, string>> {
    const authority = `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
    const signed = await this.#signer.sign(
      new HttpRequest({
        method: 'POST',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: {
          ...headers,
          ':authority': authority,
          'content-type': 'application/vnd.amazon.eventstream',
          'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-EVENTS',
        },
      }),
      { signingDate: date },
    );
    this.#priorSignature = /Signature=([0-9a-f]+)$/.exec(signed.headers.authorization ?? '')![1]!;
    return {
      ':method': 'POST',
      ':scheme': url.protocol.slice(0, -1),
      ':path': url.pathname + url.search,
      ...signed.headers,
    };
  }

  /** The signed envelope of an encoded message; without one, of the stream's end. */
  async envelope(message: Uint8Array, date: Date): Promise<Uint8Array> {
    const dateHeader = { ':date': { type: 'timestamp', value: date } } as const;
    const signature = await this.#signer.sign(
      { headers: eventCodec.formatHeaders(dateHeader), payload: message },
      { signingDate: date, priorSignature: this.#priorSignature },
    );
    this.#priorSignature = signature;
    const value = Buffer.from(signature, 'hex');
    return eventCodec.encode({
      headers: { ...dateHeader, ':chunk-signature': { type: 'binary', value } },
      body: message,
    });
  }
}
