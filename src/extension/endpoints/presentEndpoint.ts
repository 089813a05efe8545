import type { ConfiguredEndpoint } from '../services.ts';
import type { EmbeddedState, EndpointState } from './endpointState.ts';

/** An endpoint as the tree shows it. Meaning is in the text; icon and colour repeat it. */
export interface EndpointPresentation {
  description: string;
  tooltip: string;
  /** Codicon id. */
  icon: string;
  /** Theme colour id; null: the icon's own. */
  color: string | null;
  contextValue: 'endpoint.remote' | 'endpoint.embedded.running' | 'endpoint.embedded.stopped';
  accessibleLabel: string;
}

interface Look {
  description: string;
  icon: string;
  color: string | null;
  /** Lines added to the tooltip. */
  more: string[];
}

const good = 'testing.iconPassed';
const bad = 'testing.iconFailed';

/** How a configured remote endpoint is shown. */
export function presentRemote(
  endpoint: ConfiguredEndpoint,
  state: EndpointState,
): EndpointPresentation {
  const look = remoteLook(endpoint, state);
  const lines = [
    endpoint.url,
    `Dialect: ${endpoint.dialect}`,
    `Model: ${endpoint.model ?? 'the first that the server lists'}`,
    ...(endpoint.language === null ? [] : [`Language: ${endpoint.language}`]),
    ...look.more,
  ];
  return present(endpoint.name, look, lines, 'endpoint.remote');
}

/** How the endpoint that comes with RTBench is shown. */
export function presentEmbedded(
  endpoint: ConfiguredEndpoint,
  state: EmbeddedState,
): EndpointPresentation {
  const look = embeddedLook(state);
  const lines = ['The recogniser that comes with RTBench, on this computer', ...look.more];
  const running = state.kind === 'running' || state.kind === 'starting';
  const contextValue = running ? 'endpoint.embedded.running' : 'endpoint.embedded.stopped';
  return present(endpoint.name, look, lines, contextValue);
}

function present(
  name: string,
  look: Look,
  lines: string[],
  contextValue: EndpointPresentation['contextValue'],
): EndpointPresentation {
  const { description, icon, color } = look;
  return {
    description,
    icon,
    color,
    contextValue,
    tooltip: [`${name}: ${description}`, ...lines].join('\n'),
    accessibleLabel: `${name}, ${description.replaceAll(' · ', ', ')}`,
  };
}

function remoteLook(endpoint: ConfiguredEndpoint, state: EndpointState): Look {
  switch (state.kind) {
    case 'unknown':
      return { description: 'not tested', icon: 'circle-large-outline', color: null, more: [] };
    case 'testing':
      return { description: 'testing…', icon: 'loading~spin', color: null, more: [] };
    case 'reachable': {
      const model = state.model ?? endpoint.model;
      const named = model === null ? '' : ` · ${model}`;
      const description = `reachable · ${milliseconds(state.connectMs)}${named}`;
      const more = [
        `Connected in ${milliseconds(state.connectMs)}, ready after ${milliseconds(state.readyMs)}`,
      ];
      return { description, icon: 'pass', color: good, more };
    }
    case 'unreachable':
      return { description: `unreachable · ${state.message}`, icon: 'error', color: bad, more: [] };
    case 'needsKey':
      return { description: 'needs an API key', icon: 'key', color: bad, more: [state.message] };
  }
}

function embeddedLook(state: EmbeddedState): Look {
  switch (state.kind) {
    case 'stopped': {
      const more = ['Starts by itself for a benchmark'];
      return { description: 'stopped', icon: 'circle-large-outline', color: null, more };
    }
    case 'starting':
      return { description: 'starting…', icon: 'loading~spin', color: null, more: [] };
    case 'running': {
      const description = `running · ${state.model}`;
      return { description, icon: 'pass', color: good, more: [state.url] };
    }
    case 'failed':
      return { description: `failed · ${state.message}`, icon: 'error', color: bad, more: [] };
  }
}

/** Whole milliseconds, for example `12 ms`; below one `<1 ms`. */
export function milliseconds(valueMs: number): string {
  return valueMs < 1 ? '<1 ms' : `${Math.round(valueMs)} ms`;
}
