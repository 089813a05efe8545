/**
 * A signal that Ctrl-C or a polite kill aborts. A second Ctrl-C ends the process at once, for
 * those who cannot wait.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  const abort = () => {
    controller.abort();
  };
  process.once('SIGINT', abort);
  process.once('SIGTERM', abort);
  return controller.signal;
}
