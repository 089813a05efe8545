import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  EmbeddedState,
  EndpointState,
} from '../../../../src/extension/endpoints/endpointState.ts';
import {
  presentEmbedded,
  presentRemote,
} from '../../../../src/extension/endpoints/presentEndpoint.ts';
import { stateOfProbe, unlistedModel } from '../../../../src/extension/endpoints/stateOfProbe.ts';
import type { ProbeResult } from '../../../../src/runner/probeMessages.ts';

const remote = {
  name: 'local',
  url: 'ws://localhost:8000',
  dialect: 'vllm-realtime',
  model: null,
  language: null,
};
const reached: ProbeResult = {
  detection: null,
  models: ['m-1', 'm-2'],
  modelsProblem: null,
  model: 'm-1',
  connection: { connectMs: 11.6, readyMs: 15.2 },
  connectionProblem: null,
};

const remoteStates: [EndpointState, RegExp, string][] = [
  [{ kind: 'unknown' }, /^not tested$/, 'circle-large-outline'],
  [{ kind: 'testing' }, /^testing…$/, 'loading~spin'],
  [stateOfProbe(reached), /^reachable · 12 ms · m-1$/, 'pass'],
  [{ kind: 'unreachable', message: 'It refused.' }, /^unreachable · It refused\.$/, 'error'],
  [{ kind: 'needsKey', message: 'HTTP 401.' }, /^needs an API key$/, 'key'],
];

for (const [state, description, icon] of remoteStates) {
  test(`a remote endpoint that is ${state.kind} says so in text, icon and for screen readers`, () => {
    const shown = presentRemote(remote, state);
    assert.match(shown.description, description);
    assert.equal(shown.icon, icon);
    assert.equal(shown.contextValue, 'endpoint.remote');
    assert.equal(shown.accessibleLabel, `local, ${shown.description.replaceAll(' · ', ', ')}`);
    assert.ok(shown.tooltip.includes(remote.url));
    if ('message' in state) assert.ok(shown.tooltip.includes(state.message));
  });
}

const embeddedStates: [EmbeddedState, string, string][] = [
  [{ kind: 'stopped' }, 'stopped', 'endpoint.embedded.stopped'],
  [{ kind: 'starting' }, 'starting…', 'endpoint.embedded.running'],
  [
    { kind: 'running', url: 'ws://127.0.0.1:1', model: 'tiny' },
    'running · tiny',
    'endpoint.embedded.running',
  ],
  [{ kind: 'failed', message: 'No model.' }, 'failed · No model.', 'endpoint.embedded.stopped'],
];

for (const [state, description, contextValue] of embeddedStates) {
  test(`the embedded endpoint that is ${state.kind} offers what can be done then`, () => {
    const shown = presentEmbedded({ ...remote, url: 'embedded' }, state);
    assert.equal(shown.description, description);
    assert.equal(shown.contextValue, contextValue);
    if ('message' in state) assert.ok(shown.tooltip.includes(state.message));
  });
}

test('a refused key and a missing one are another state than an endpoint that is not there', () => {
  const problem = { message: 'HTTP 401', unauthorised: true };
  const refused = { ...reached, connection: null, connectionProblem: problem };
  assert.deepEqual(stateOfProbe(refused), { kind: 'needsKey', message: 'HTTP 401' });
  const gone = { ...refused, connectionProblem: { message: 'gone', unauthorised: false } };
  assert.deepEqual(stateOfProbe(gone), { kind: 'unreachable', message: 'gone' });
});

test('a model that the server does not list is warned of', () => {
  assert.equal(unlistedModel(reached), null);
  assert.equal(unlistedModel({ ...reached, models: null, model: 'x' }), null);
  assert.match(unlistedModel({ ...reached, model: 'x' }) ?? '', /"x"; it lists: m-1, m-2\./);
});
