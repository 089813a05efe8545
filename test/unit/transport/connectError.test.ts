import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { connectError } from '../../../src/transport/connectError.ts';

function systemError(code: string | undefined, message: string): Error {
  return Object.assign(new Error(message), code === undefined ? {} : { code });
}

const cases: [string | undefined, string, string, RegExp][] = [
  ['ENOTFOUND', 'getaddrinfo ENOTFOUND h', 'dns', /could not be found.*DNS/],
  ['EAI_AGAIN', 'getaddrinfo EAI_AGAIN h', 'dns', /could not be found/],
  ['ECONNREFUSED', 'connect ECONNREFUSED', 'refused', /Is the server running/],
  ['EHOSTUNREACH', 'connect EHOSTUNREACH', 'unreachable', /VPN/],
  ['ENETUNREACH', 'connect ENETUNREACH', 'unreachable', /network/],
  ['ETIMEDOUT', 'connect ETIMEDOUT', 'unreachable', /firewall/],
  ['EMFILE', 'connect EMFILE', 'unreachable', /ulimit/],
  ['ECONNRESET', 'socket hang up', 'upgrade_refused', /cut the connection/],
  [
    'ECONNRESET',
    'Client network socket disconnected before secure TLS connection was established',
    'tls',
    /ws:\/\/ instead of wss/,
  ],
  ['EPROTO', 'write EPROTO: wrong version number', 'tls', /TLS handshake/],
  ['CERT_HAS_EXPIRED', 'certificate has expired', 'tls', /NODE_EXTRA_CA_CERTS/],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify', 'tls', /not trusted/],
  ['ERR_TLS_CERT_ALTNAME_INVALID', "Hostname/IP doesn't match", 'tls', /not trusted/],
  ['HPE_INVALID_CONSTANT', 'Parse Error: Expected HTTP/', 'upgrade_refused', /realtime server/],
  [undefined, 'Invalid Sec-WebSocket-Accept header', 'upgrade_refused', /realtime server/],
];

describe('errors met while connecting', () => {
  for (const [code, text, reason, message] of cases) {
    test(`${code ?? 'no code'}, "${text}": ${reason}`, () => {
      const error = connectError('host:1', systemError(code, text));
      assert.equal(error.reason, reason);
      assert.equal(error.code, code ?? null);
      assert.match(error.message, message);
      assert.ok(error.message.startsWith('host:1 '));
    });
  }
});
