const checkMs = 1000;

/**
 * Ends this process when the one that started it is gone, however it went: its end of our
 * standard input closes, or, should another process hold that open, our parent changes (POSIX).
 */
export function exitWithParent(): void {
  const exit = (): void => {
    process.exit(0);
  };
  process.stdin.on('end', exit).on('close', exit).on('error', exit).resume();
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) exit();
  }, checkMs).unref();
}
