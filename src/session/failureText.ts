import type { Dialect } from '../dialects/dialect.ts';
import { sanitiseText } from '../transport/sanitiseText.ts';
import { closeCodeText } from './closeCodeText.ts';
import type { SessionDeadlines } from './sessionOptions.ts';

/** What the user reads when a session fails: who did what, and the remedy. */

export function readyTimeoutText(host: string, deadlines: SessionDeadlines): string {
  return (
    `${host} accepted the connection but did not greet within ${deadlines.readyMs / 1000} s.` +
    ' Check the dialect and the path of the URL; an overloaded server does this too.'
  );
}

export function idleTimeoutText(host: string, deadlines: SessionDeadlines): string {
  return (
    `${host} neither sent nor took anything for ${deadlines.idleMs / 1000} s after the audio.` +
    " Check the server's log for a stalled recogniser, or allow a longer idle time."
  );
}

export function finalTimeoutText(host: string, deadlines: SessionDeadlines): string {
  return (
    `${host} did not finish the text within ${deadlines.finalMs / 1000} s after the end of the audio.` +
    " Check the server's log and load, or allow more time for the final text."
  );
}

export function serverErrorText(
  host: string,
  dialect: Dialect,
  error: { code: string | null; message: string },
): string {
  const code = error.code === null ? '' : ` (${sanitiseText(error.code)})`;
  const message = sanitiseText(error.message);
  const remedy =
    (error.code === null ? undefined : dialect.remedies.get(error.code)) ??
    "The server's own log may say more.";
  const stop = /[.!?…]$/.test(message) ? '' : '.';
  return `${host} reported an error${code}: ${message}${stop} ${remedy}`;
}

export function closedEarlyText(host: string, code: number, reason: string): string {
  const said = reason === '' ? '' : `: ${reason}`;
  return (
    `The connection to ${host} ended before the text was complete (${closeCodeText(code)}${said}).` +
    " The server's own log may say why."
  );
}

export function doneEarlyText(host: string): string {
  return (
    `${host} ended the session before all audio was sent.` +
    " Check the server's limit on the length of audio."
  );
}
