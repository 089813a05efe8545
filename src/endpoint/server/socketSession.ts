import type { Utterance, UtteranceListener } from '../recogniser/recogniserThread.ts';

/** What a protocol's side of one connection needs from the socket and the recogniser. */
export interface SessionPorts {
  modelId: string;
  send(frame: string): void;
  /** Closes the connection with a WebSocket close code. */
  end(code: number, reason?: string): void;
  openUtterance(listener: UtteranceListener): Utterance;
}

/** A protocol's side of one WebSocket connection, without the socket. */
export interface SocketSession {
  /** Call once the connection is open. */
  open(): void;
  text(frame: string): void;
  binary(bytes: Uint8Array): void;
  /** The connection is gone: nothing more is sent, and recognition stops. */
  close(): void;
}

export const closeCodes = {
  normal: 1000,
  unsupportedData: 1003,
  tooBig: 1009,
  serverError: 1011,
} as const;
