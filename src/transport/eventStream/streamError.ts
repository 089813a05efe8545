import * as z from 'zod';
import { sanitiseText } from '../sanitiseText.ts';
import { TransportError } from '../transportError.ts';
import type { EventMessage } from './messages.ts';

const text = z.string().nullish().catch(null);

/** The body of an error, from the stream or from a response of its own. */
const errorBody = z
  .looseObject({
    Message: text,
    message: text,
    ErrorCode: text,
    OriginalStatusCode: z.number().nullish().catch(null),
    OriginalMessage: text,
    LogStreamArn: text,
    __type: text,
  })
  .transform(({ Message, message, ...rest }) => ({ ...rest, message: Message ?? message ?? null }));

type ErrorBody = z.infer<typeof errorBody>;

function parseBody(body: string): ErrorBody | null {
  try {
    return errorBody.parse(JSON.parse(body));
  } catch {
    return null;
  }
}

const containerLog =
  "See the container's log in CloudWatch (/aws/sagemaker/Endpoints/ and the endpoint's name).";
const platformRemedy =
  'This is a failure of SageMaker, not of the model: try again, and check the AWS Health Dashboard.';

/** What a message other than an event means. */
export function streamError(
  host: string,
  type: string | null,
  { headers, body }: EventMessage,
): TransportError {
  const header = (name: string): string | null => {
    const value = headers[name]?.value;
    return typeof value === 'string' ? value : null;
  };
  if (type === 'exception') {
    return exception(host, header(':exception-type') ?? 'exception', Buffer.from(body).toString());
  }
  if (type === 'error') {
    const code = header(':error-code') ?? 'error';
    const said = header(':error-message') ?? 'no message given';
    const remedy = signatureRemedy(`${code} ${said}`) ?? platformRemedy;
    return reported(`${host} ended the stream with an error`, code, said, remedy);
  }
  return new TransportError(
    'invalid_message',
    null,
    `${host} sent an event-stream message of the type ${sanitiseText(JSON.stringify(type), 60)}.` +
      ' Check the address of the endpoint.',
  );
}

function exception(host: string, type: string, body: string): TransportError {
  const parsed = parseBody(body);
  const detail = parsed?.ErrorCode ?? null;
  const message = parsed?.message ?? body;
  const said = detail === null ? message : `${detail}: ${message}`;
  if (type === 'ModelStreamError') {
    return reported(`The model behind ${host} failed`, type, said, containerLog);
  }
  if (type === 'InternalStreamFailure') {
    return reported(`SageMaker at ${host} failed`, type, said, platformRemedy);
  }
  const remedy = signatureRemedy(`${type} ${said}`) ?? 'The platform says this, not the model.';
  return reported(`${host} ended the stream`, type, said, remedy);
}

function reported(what: string, code: string, said: string, remedy: string): TransportError {
  return new TransportError(
    'server_error',
    sanitiseText(code),
    `${what} (${sanitiseText(code)}): ${sentence(said)} ${remedy}`,
  );
}

function sentence(said: string): string {
  const line = sanitiseText(said) || 'no message given';
  return /[.!?…]$/.test(line) ? line : `${line}.`;
}

/** A response that refuses the stream. */
export interface Refusal {
  status: number;
  /** The header `x-amzn-errortype`. */
  errorType: string | null;
  body: string;
}

/** The error for a stream that was not accepted. */
export function refusalError(host: string, { status, errorType, body }: Refusal): TransportError {
  const parsed = parseBody(body);
  // Types come as `Name:http://…` and as `namespace#Name`.
  const name = (errorType ?? parsed?.__type ?? '').replace(/:.*$/, '').replace(/^.*#/, '');
  const who = status === 424 ? `The model behind ${host} failed` : `${host} refused the stream`;
  const title = sanitiseText(`HTTP ${status} ${name}`);
  const message = sentence(messageOf(parsed) ?? body);
  const remedy = signatureRemedy(`${name} ${message}`) ?? statusRemedy(status, parsed);
  return new TransportError(
    'upgrade_refused',
    String(status),
    `${who} (${title}): ${message} ${remedy}`,
  );
}

function messageOf(body: ErrorBody | null): string | null {
  if (!body) return null;
  const { message, ErrorCode, OriginalStatusCode, OriginalMessage } = body;
  const parts = [
    ErrorCode ?? null,
    message,
    OriginalStatusCode == null ? null : `the container answered HTTP ${OriginalStatusCode}`,
    OriginalMessage ?? null,
  ];
  const said = parts.filter((part) => part !== null && part !== '');
  return said.length > 0 ? said.join(': ') : null;
}

const signatureRemedies: [RegExp, string][] = [
  [/expired ?token|security token.*expired/i, 'Get new credentials ("aws sso login").'],
  [/signature (expired|not yet current)|RequestExpired/i, "Check this computer's clock."],
  [
    /UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|security token.*invalid/i,
    'AWS does not know these credentials: check AWS_PROFILE and the access key.',
  ],
  [
    /SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|signature .*does not match/i,
    'Check the secret access key and the region.',
  ],
  [
    /AccessDenied|not authorized/i,
    'Allow sagemaker:InvokeEndpoint and sagemaker:InvokeEndpointWithBidirectionalStream' +
      ' on the endpoint for these credentials.',
  ],
];

function signatureRemedy(said: string): string | undefined {
  return signatureRemedies.find(([pattern]) => pattern.test(said))?.[1];
}

const remedies = new Map([
  [400, 'Check the name of the endpoint, the region and the options.'],
  [403, 'Check the AWS credentials, the region and their permissions.'],
  [404, 'Check the address: it ends in /endpoints/ and the name of the endpoint.'],
  [429, 'SageMaker limits requests: lower the concurrency or wait.'],
  [500, platformRemedy],
  [503, `The endpoint has no free instance, or SageMaker fails: lower the concurrency or wait.`],
]);

function statusRemedy(status: number, body: ErrorBody | null): string {
  if (status === 424) {
    const arn = body?.LogStreamArn ?? null;
    return arn === null ? containerLog : `See the container's log: ${sanitiseText(arn)}.`;
  }
  return remedies.get(status) ?? 'Check the address of the endpoint.';
}
