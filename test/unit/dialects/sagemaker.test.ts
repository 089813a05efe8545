import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Dialect, DialectSettings, JsonValue } from '../../../src/dialects/dialect.ts';
import { sagemaker } from '../../../src/dialects/protocols/sagemaker.ts';
import { vllmRealtime } from '../../../src/dialects/protocols/vllmRealtime.ts';
import { endpointUrlProblem } from '../../../src/settings/endpointUrlProblem.ts';

/** Speaks first, and says in its address what it wants. */
const talkative: Dialect = {
  ...vllmRealtime,
  id: 'talkative',
  awaitsReady: false,
  textModel: 'replace-segment',
  features: { wordTimes: true, usage: false, speech: true },
  chunkMs: { min: 50, max: 1000 },
  defaultModel: 'nova-3',
  exampleUrl: 'wss://api.example.com/v1/listen',
  audioFormat: () => ({ encoding: 'pcm_f32le', sampleRateHz: 8_000 }),
  request: ({ url, model }) => ({
    transport: 'websocket',
    url: `${url}?model=${model ?? ''}&words=a+b`,
    headers: { Authorization: 'Token secret' },
    subprotocols: [],
  }),
};
const upload: Dialect = {
  ...vllmRealtime,
  id: 'upload',
  request: ({ url }) => ({ transport: 'upload', url, headers: {} }),
};
const dialect: Dialect = sagemaker(() => [vllmRealtime, talkative, upload, dialect]);
const host = 'runtime.sagemaker.us-east-1.amazonaws.com';
const stream = `https://${host}:8443/endpoints/e/invocations-bidirectional-stream`;

function settings(
  options: Record<string, JsonValue> = {},
  url = `https://${host}:8443/endpoints/e`,
): DialectSettings {
  return { url, model: 'm', language: null, options };
}

function requestAt(url: string, options: Record<string, JsonValue> = {}) {
  const request = dialect.request(settings(options, url), null);
  assert.equal(request.transport, 'event-stream');
  return request;
}

describe('the SageMaker dialect', () => {
  test('takes an address as it is written or shown', () => {
    const written = [
      stream,
      `https://${host}:8443/endpoints/e`,
      `https://${host}:8443/endpoints/e/`,
      `https://${host}/endpoints/e`,
      `https://${host}/endpoints/e/invocations`,
      `https://${host}/endpoints/e/invocations-response-stream`,
      `wss://${host}/endpoints/e#x`,
    ];
    for (const url of written) {
      assert.equal(requestAt(url).url, stream, url);
      assert.equal(endpointUrlProblem(url), null, url);
    }
    const kept = {
      'http://127.0.0.1:8080/endpoints/e':
        'http://127.0.0.1:8080/endpoints/e/invocations-bidirectional-stream',
      'http://gateway/prefix/endpoints/e?a=b':
        'http://gateway/prefix/endpoints/e/invocations-bidirectional-stream?a=b',
      'https://gateway/another/path': 'https://gateway/another/path',
      [`https://${host}:9000/endpoints/e`]: stream.replace('8443', '9000'),
    };
    for (const [url, wanted] of Object.entries(kept)) {
      assert.equal(requestAt(url, { region: 'us-east-1' }).url, wanted);
    }
  });

  test('refuses an address without an endpoint', () => {
    const none = [
      `https://${host}`,
      `https://${host}/endpoints/`,
      'http://127.0.0.1:80',
      'nonsense',
    ];
    for (const url of none) {
      assert.throws(
        () => requestAt(url, { region: 'us-east-1' }),
        { reason: 'request_invalid' },
        url,
      );
    }
  });

  test('finds the region in the address, where it is not chosen', () => {
    const regions = {
      [stream]: 'us-east-1',
      'https://runtime-fips.sagemaker.us-gov-west-1.amazonaws.com/endpoints/e': 'us-gov-west-1',
      'https://runtime.sagemaker.cn-north-1.amazonaws.com.cn/endpoints/e': 'cn-north-1',
      'https://vpce-1.runtime.sagemaker.eu-west-2.vpce.amazonaws.com/endpoints/e': 'eu-west-2',
    };
    for (const [url, region] of Object.entries(regions)) {
      assert.equal(requestAt(url).region, region);
      assert.equal(requestAt(url, { region: 'ap-south-1' }).region, 'ap-south-1');
    }
    assert.throws(() => requestAt('http://127.0.0.1/endpoints/e'), /set the option "region"/);
    assert.throws(() => requestAt(stream, { region: 'Frankfurt' }), /write it as us-east-1/);
  });

  test('sends no key and no headers of the protocol within', () => {
    assert.deepEqual(dialect.request(settings(), 'a-key'), {
      transport: 'event-stream',
      url: stream,
      headers: {},
      region: 'us-east-1',
    });
  });

  test('tells the container what the protocol within says in its address', () => {
    const inner = { inner: 'talkative' };
    assert.deepEqual(requestAt(stream, inner).headers, {
      'x-amzn-sagemaker-model-invocation-path': 'v1/listen',
      'x-amzn-sagemaker-model-query-string': 'model=m&words=a%20b',
    });
    const own = { invocationPath: '', queryString: 'model=x', targetVariant: 'blue' };
    assert.deepEqual(requestAt(stream, { ...inner, ...own }).headers, {
      'x-amzn-sagemaker-target-variant': 'blue',
      'x-amzn-sagemaker-model-query-string': 'model=x',
    });
    assert.throws(() => requestAt(stream, { queryString: 'a\r\nb: c' }), {
      reason: 'request_invalid',
    });
  });

  test('is what the protocol within is', () => {
    assert.equal(dialect.awaitsReady, true);
    assert.equal(dialect.textModel, 'append');
    const chosen = settings({ inner: 'talkative' });
    const made = dialect.forSettings!(chosen);
    const { id, awaitsReady, textModel, features, chunkMs, defaultModel } = made;
    assert.equal(id, 'sagemaker');
    assert.deepEqual(
      { awaitsReady, textModel, features, chunkMs, defaultModel },
      {
        awaitsReady: false,
        textModel: talkative.textModel,
        features: talkative.features,
        chunkMs: talkative.chunkMs,
        defaultModel: 'nova-3',
      },
    );
    assert.equal(dialect.audioFormat(chosen).sampleRateHz, 8_000);
    assert.equal(made.modelsUrl(chosen), null);
    assert.equal(dialect.forSettings!(settings({ inner: 'none' })).awaitsReady, true);
    assert.equal(made.forSettings!(settings()).awaitsReady, true);
  });

  test('takes the usual model of the protocol within, where none is named', () => {
    const without = { ...settings({ inner: 'talkative' }), model: null };
    const [update] = dialect.start(without, { totalSamples: 0 }).open();
    assert.match(String(update?.data), /"model":"nova-3"/);
    const none = { ...settings(), model: null };
    assert.throws(() => dialect.start(none, { totalSamples: 0 }), { reason: 'request_invalid' });
  });

  test('does not send its users to a list of models that they cannot reach', () => {
    assert.match(dialect.remedies.get('model_not_found') ?? '', /Set the model under the name/);
    assert.equal(
      dialect.remedies.get('processing_error'),
      vllmRealtime.remedies.get('processing_error'),
    );
  });

  test('refuses a protocol that it cannot carry', () => {
    for (const [inner, message] of [
      ['sagemaker', /"sagemaker" for the option "inner".*vllm-realtime, talkative, upload\.$/],
      ['nothing', /no dialect "nothing"/],
      ['upload', /carries WebSocket messages only: "upload"/],
    ] as const) {
      assert.throws(() => requestAt(stream, { inner }), { reason: 'request_invalid', message });
    }
    const wrong = settings({ innerOptions: { 'no such option': true } });
    assert.throws(() => dialect.start(wrong, { totalSamples: 0 }), { reason: 'request_invalid' });
  });
});
