import { probeEndpoint } from './probeEndpoint.ts';
import { probeRequestSchema } from './probeMessages.ts';

/**
 * The probing process: answers one request over the channel that Node opens to a child process,
 * then ends. It also ends when the process that started it goes.
 */
process.once('message', (message) => {
  void probeEndpoint(probeRequestSchema.parse(message)).then((result) => {
    process.send?.(result, () => {
      process.disconnect();
    });
  });
});
process.once('disconnect', () => {
  process.exit();
});
