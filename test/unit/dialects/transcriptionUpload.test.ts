import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DialectOptions } from '../../../src/dialects/dialect.ts';
import { openaiHttp } from '../../../src/dialects/protocols/openaiHttp.ts';
import { sglangHttp } from '../../../src/dialects/protocols/sglangHttp.ts';
import { vllmHttp } from '../../../src/dialects/protocols/vllmHttp.ts';
import { wavHead } from '../../../src/dialects/protocols/wavHead.ts';
import { readWavHeader } from '../../../src/audio/wavHeader.ts';

const settings = { url: 'http://host:8000', model: 'm', language: null, options: {} };
const speech = { totalSamples: 100 };

function fieldsSent(options: DialectOptions, dialect = vllmHttp): string[] {
  const frames = dialect.start({ ...settings, options }, speech).open();
  return frames.slice(0, -2).map(({ data }) => String(data).replaceAll(/^.*name="|\r\n$/gs, ''));
}

describe('an upload to a transcription endpoint', () => {
  const urls: [string, string, string][] = [
    ['http://h:8000', 'http://h:8000/v1/audio/transcriptions', 'http://h:8000/v1/models'],
    ['wss://h', 'https://h/v1/audio/transcriptions', 'https://h/v1/models'],
    ['https://h/p/v1/audio/transcriptions?a=1', '', 'https://h/p/v1/models?a=1'],
    ['https://h/openai/audio', 'https://h/openai/audio', 'https://h/v1/models'],
  ];
  for (const [url, upload, models] of urls) {
    test(`goes from ${url} to the usual path unless there is one`, () => {
      assert.equal(vllmHttp.request({ ...settings, url }, null).url, upload || url);
      assert.equal(vllmHttp.modelsUrl({ ...settings, url }), models);
    });
  }

  test('of OpenAI lists no models: most of them do not transcribe', () => {
    assert.equal(openaiHttp.modelsUrl(settings), null);
    assert.equal(openaiHttp.defaultModel, 'gpt-transcribe');
  });

  test('streams wherever the format of the text allows it', () => {
    const model = 'model"\r\n\r\nm';
    const stream = 'stream"\r\n\r\ntrue';
    const usage = 'stream_include_usage"\r\n\r\ntrue';
    const verbose = 'response_format"\r\n\r\nverbose_json';
    assert.deepEqual(fieldsSent({}), [model, stream, usage]);
    assert.deepEqual(fieldsSent({}, sglangHttp), [model, stream]);
    assert.deepEqual(fieldsSent({ stream: false }), [model]);
    assert.deepEqual(fieldsSent({ response_format: 'verbose_json' }), [model, verbose]);
    assert.deepEqual(fieldsSent({ config: { stream_include_usage: null } }), [model, stream]);
  });

  test('names the language without its region', () => {
    const frames = vllmHttp.start({ ...settings, language: 'de-CH' }, speech).open();
    assert.match(String(frames[1]?.data), /name="language"\r\n\r\nde\r\n$/);
  });

  test('escapes the names of fields', () => {
    const [, , , field] = fieldsSent({ config: { 'a"\r\nb': 1 } });
    assert.equal(field, 'a%22%0D%0Ab"\r\n\r\n1');
  });

  const mistakes: [DialectOptions, RegExp][] = [
    [{ stream: true, response_format: 'verbose_json' }, /cannot stream.*set stream to false/],
    [{ timestamp_granularities: ['word'] }, /only in the response_format "verbose_json"/],
    [{ response_format: 'srt' }, /cannot use the option "response_format"/],
    [{ temperature: -1 }, /cannot use the option "temperature"/],
    [{ query: { a: 1 } }, /cannot use the option "query\.a"/],
  ];
  for (const [options, message] of mistakes) {
    test(`refuses ${JSON.stringify(options)}`, () => {
      assert.throws(() => vllmHttp.start({ ...settings, options }, speech), {
        reason: 'request_invalid',
        message,
      });
    });
  }

  test('needs a model', () => {
    assert.throws(() => vllmHttp.start({ ...settings, model: null }, speech), {
      reason: 'request_invalid',
      message: /needs the name of a model/,
    });
  });

  test('begins with a WAV head that says how much follows', () => {
    const file = new Uint8Array(44 + 200);
    file.set(wavHead(16_000, 100));
    const header = readWavHeader({ path: 'speech.wav', bytes: file });
    assert.deepEqual(header, {
      encoding: 'pcm',
      sampleRateHz: 16_000,
      channels: 1,
      bytesPerSample: 2,
      dataOffset: 44,
      dataBytes: 200,
    });
  });
});
