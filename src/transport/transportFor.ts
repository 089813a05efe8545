import type { ConnectionRequest } from '../common/connectionRequest.ts';
import { EventStreamTransport } from './eventStreamTransport.ts';
import { ExchangeTransport } from './exchangeTransport.ts';
import type { Transport, TransportObserver, TransportOptions } from './transport.ts';
import { UploadTransport } from './uploadTransport.ts';
import { WebSocketTransport } from './webSocketTransport.ts';

/** The transport that a request asks for, not opened yet. */
export function transportFor(
  request: ConnectionRequest,
  options: TransportOptions,
  observer: TransportObserver,
): Transport {
  switch (request.transport) {
    case 'websocket':
      return new WebSocketTransport(request, options, observer);
    case 'upload':
      return new UploadTransport(request, options, observer);
    case 'event-stream':
      return new EventStreamTransport(request, options, observer);
    case 'exchange':
      return new ExchangeTransport(request, options, observer);
  }
}
