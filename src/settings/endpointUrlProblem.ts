import { errorText } from '../common/benchError.ts';
import { redactUrl } from '../common/redactUrl.ts';
import { webSocketUrl } from '../dialects/endpointUrl.ts';

/** What is wrong with an endpoint's URL and what to do; null for a usable one. Repeats no secret. */
export function endpointUrlProblem(url: string): string | null {
  try {
    webSocketUrl(url, '/');
  } catch (error) {
    return errorText(error);
  }
  // Settings are files that get committed and synchronised.
  return redactUrl(url) === new URL(url).href
    ? null
    : `Endpoint URL "${redactUrl(url)}" holds a secret: take it out of the URL and use Set API Key….`;
}
