/** What opens a connection. Headers, bodies and addresses may hold a secret: never log or save them. */
export type ConnectionRequest =
  WebSocketRequest | UploadRequest | EventStreamRequest | ExchangeRequest;

export interface WebSocketRequest {
  transport: 'websocket';
  url: string;
  headers: Record<string, string>;
  subprotocols: string[];
  /** What a message of the server may have, where that is more than usual. */
  maxMessageBytes?: number;
}

/** One HTTP request whose body is what the session sends; each server-sent event is a message. */
export interface UploadRequest {
  transport: 'upload';
  url: string;
  headers: Record<string, string>;
}

/** Amazon SageMaker's bidirectional stream, signed with the credentials of AWS's default chain. */
export interface EventStreamRequest {
  transport: 'event-stream';
  url: string;
  headers: Record<string, string>;
  region: string;
  /** What a message of the container may have, where that is more than usual. */
  maxMessageBytes?: number;
}

/** A request that has to be answered before the connection can be opened. */
export interface ExchangeRequest {
  transport: 'exchange';
  url: string;
  headers: Record<string, string>;
  body: string;
  /**
   * The connection that the answer allows. Throws BenchError `request_invalid` where it is of no use.
   * @param body of a response with a status from 200 to 299.
   */
  next(body: string): ExchangeResult;
}

export interface ExchangeResult {
  request: WebSocketRequest;
  /** What the answer holds that must not be recorded. */
  secrets: string[];
}
