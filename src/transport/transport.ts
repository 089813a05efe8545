import type { Clock } from '../common/clock.ts';
import type { TransportError } from './transportError.ts';

export interface ReceivedFrame {
  /** Taken first thing in the socket's callback. */
  atUs: number;
  bytes: number;
  data: string | Uint8Array;
}

export interface SocketClose {
  atUs: number;
  /** WebSocket close code; 1006 where the peer cut the connection. */
  code: number;
  reason: string;
}

export interface SentPing {
  sentUs: number;
  roundTripUs: number | null;
}

/** Told what happens to a connection. `closed` comes exactly once, last. */
export interface TransportObserver {
  opened(): void;
  received(frame: ReceivedFrame): void;
  /** At most once: the connection could not be opened, or broke. */
  failed(error: TransportError): void;
  closed(close: SocketClose): void;
  /** Texts that came with the connection and must not be recorded. */
  secrets?(secrets: readonly string[]): void;
}

export interface TransportOptions {
  clock: Clock;
  connectTimeoutMs: number;
  /** Origin of the proxy to go through, except to this computer itself; null for none. */
  proxy: string | null;
}

/** One connection, however its bytes move. The observer hears what happens. */
export interface Transport {
  readonly pings: readonly SentPing[];
  /** Bytes handed to {@link send} that the operating system has not taken yet. */
  readonly queuedBytes: number;
  /**
   * Whether it is open both ways, after {@link endInput} too; absent where a connection carries
   * one utterance.
   */
  readonly isReusable?: boolean;
  /**
   * Starts connecting.
   * @throws TransportError `request_invalid` for an address or header that cannot be sent at all.
   */
  open(): void;
  /** `accepted` is called when the operating system has taken the frame, or never will. */
  send(data: string | Uint8Array, accepted?: () => void): void;
  /** Nothing more will be sent; what the peer has to say is still awaited. */
  endInput(): void;
  /** Ends the connection in order, or gives it up where it is not open yet. */
  close(): void;
  /** Cuts the connection at once. */
  terminate(): void;
}
