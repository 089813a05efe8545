import { errorText } from '../common/benchError.ts';
import { sanitiseText } from './sanitiseText.ts';
import { TransportError } from './transportError.ts';
import type { TransportReason } from './transportError.ts';

interface Diagnosis {
  reason: TransportReason;
  /** Completes a sentence that begins with the host. */
  what: string;
  remedy: string;
}

const dns: Diagnosis = {
  reason: 'dns',
  what: 'could not be found',
  remedy: "Check the host's spelling and this machine's name resolution (DNS).",
};
const unreachable: Diagnosis = {
  reason: 'unreachable',
  what: 'could not be reached over the network',
  remedy: 'Check the address, the network, VPN and firewall.',
};
const notWebSocket: Diagnosis = {
  reason: 'upgrade_refused',
  what: 'did not answer as a realtime server',
  remedy: 'Check the port and the path of the URL.',
};

const byCode: Record<string, Diagnosis> = {
  ENOTFOUND: dns,
  EAI_AGAIN: dns,
  EAI_FAIL: dns,
  EAI_NONAME: dns,
  EAI_NODATA: dns,
  ECONNREFUSED: {
    reason: 'refused',
    what: 'refused the connection',
    remedy: 'Is the server running, and on this port?',
  },
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ETIMEDOUT: unreachable,
  EADDRNOTAVAIL: unreachable,
  EMFILE: {
    reason: 'unreachable',
    what: 'could not be reached: this machine has no file handles left',
    remedy: 'Run fewer sessions at once or raise the limit (ulimit -n).',
  },
  ECONNRESET: {
    ...notWebSocket,
    what: 'cut the connection before answering',
    remedy:
      'Check the port, and whether it expects TLS (wss://); an overloaded server does this too.',
  },
};

const tlsPlainServer: Diagnosis = {
  reason: 'tls',
  what: 'did not complete a TLS handshake',
  remedy: 'If this port serves plain connections, use ws:// instead of wss://.',
};
const tlsCertificate: Diagnosis = {
  reason: 'tls',
  what: 'has a certificate that is not trusted here',
  remedy: 'Use a trusted certificate, or set NODE_EXTRA_CA_CERTS to the file of its authority.',
};

const certificateCode =
  /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT|HOSTNAME_MISMATCH|INVALID_CA)/;
const tlsCode = /^(EPROTO|ERR_SSL_|ERR_TLS_)/;

function codeOf(error: unknown): string | null {
  if (typeof error === 'object' && error !== null && 'code' in error) {
    return typeof error.code === 'string' ? error.code : null;
  }
  return null;
}

function diagnose(code: string | null, text: string): Diagnosis {
  if (code !== null && certificateCode.test(code)) {
    return tlsCertificate;
  }
  // Node reports a TLS handshake that was cut off as a reset connection.
  if ((code !== null && tlsCode.test(code)) || text.includes('before secure TLS connection')) {
    return tlsPlainServer;
  }
  return (code !== null ? byCode[code] : undefined) ?? notWebSocket;
}

/** What a system error met while connecting means. */
export interface SystemProblem extends Diagnosis {
  code: string | null;
  /** The system's own words. */
  detail: string;
}

/** Finds out what a system error met while connecting means. */
export function systemProblem(error: unknown): SystemProblem {
  const code = codeOf(error);
  const text = errorText(error);
  const detail = sanitiseText(code !== null && !text.includes(code) ? `${code}: ${text}` : text);
  return { ...diagnose(code, text), code, detail };
}

/**
 * The error for a system error met while connecting, in words that name the host and the remedy.
 * What is such an error already, because it was met at a proxy, stays as it is.
 */
export function connectError(host: string, error: unknown): TransportError {
  if (error instanceof TransportError) return error;
  const { reason, code, what, detail, remedy } = systemProblem(error);
  return new TransportError(reason, code, `${host} ${what} (${detail}). ${remedy}`, {
    cause: error,
  });
}
