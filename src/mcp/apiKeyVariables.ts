import { BenchError } from '../common/benchError.ts';
import { endpointOrigin } from '../settings/endpointOrigin.ts';

const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * The environment variables that hold API keys, by the origin that each may be sent to. By origin and
 * not by name: an agent may edit the settings, and must not send a key elsewhere with that.
 * @param options of the form `wss://host=VARIABLE`
 * @throws BenchError that names the option which is not of this form
 */
export function apiKeyVariables(options: readonly string[]): Map<string, string> {
  return new Map(options.map(parseOption));
}

function parseOption(option: string): [origin: string, variable: string] {
  const at = option.lastIndexOf('=');
  const origin = endpointOrigin(option.slice(0, Math.max(0, at)));
  const variable = option.slice(at + 1);
  if (at > 0 && origin !== null && variableName.test(variable)) return [origin, variable];
  throw new BenchError(
    'option_invalid',
    '--api-key-env takes the address of an endpoint and the name of an environment variable, ' +
      'for example "wss://asr.example.com=ASR_KEY".',
  );
}
