import { errorText } from '../../common/benchError.ts';
import { sanitiseText } from '../sanitiseText.ts';
import { TransportError } from '../transportError.ts';

export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

type Provider = () => Promise<AwsCredentials>;

/** The provider may warn, for example of two sources; nothing must get between our own output. */
const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

let shared: { environment: string; provider: Provider } | null = null;

/** One chain for all sessions, so that a hundred of them do not ask a token service at once. */
async function sharedProvider(): Promise<Provider> {
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  const environment = JSON.stringify(
    Object.entries(process.env).filter(([name]) => name.startsWith('AWS_')),
  );
  if (shared?.environment !== environment) {
    shared = { environment, provider: fromNodeProviderChain({ logger: silent }) };
  }
  return shared.provider;
}

/**
 * The credentials of AWS's default chain: environment, SSO, shared files, process, web identity,
 * container and instance metadata.
 * @throws TransportError `request_invalid` where there are none or they have expired.
 */
export async function awsCredentials(): Promise<AwsCredentials> {
  const provider = await sharedProvider();
  let credentials: AwsCredentials;
  try {
    credentials = await provider();
  } catch (error) {
    throw noCredentials(error);
  }
  if (credentials.expiration && credentials.expiration.getTime() <= Date.now()) {
    throw new TransportError(
      'request_invalid',
      'CredentialsExpired',
      `The AWS credentials expired at ${credentials.expiration.toISOString()}.` +
        ' Get new ones, for example with "aws sso login".',
    );
  }
  return credentials;
}

function noCredentials(error: unknown): TransportError {
  const text = errorText(error);
  const remedy = /\bexpired\b|refresh/i.test(text)
    ? 'Log in again, for example with "aws sso login".'
    : 'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run "aws configure";' +
      ' the settings of VS Code hold no AWS keys.';
  return new TransportError(
    'request_invalid',
    'CredentialsProviderError',
    `AWS's default chain has no usable credentials (${quoted(text)}). ${remedy}`,
    { cause: error },
  );
}

/** The text of a failed command repeats it, with whatever its arguments hold. */
function quoted(text: string): string {
  if (/Command failed/i.test(text)) return 'the credential_process of the profile failed';
  return sanitiseText(text).replace(/\.$/, '');
}
