import type { UploadRequest } from '../common/connectionRequest.ts';
import type { SentPing, Transport, TransportObserver, TransportOptions } from './transport.ts';

/** Being written. */
export class UploadTransport implements Transport {
  readonly pings: readonly SentPing[] = [];
  readonly queuedBytes = 0;

  constructor(_request: UploadRequest, _options: TransportOptions, _observer: TransportObserver) {
    throw new Error('Not there yet.');
  }

  open(): void {}
  send(_data: string | Uint8Array, _accepted?: () => void): void {}
  endInput(): void {}
  close(): void {}
  terminate(): void {}
}
