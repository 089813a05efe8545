import fc from 'fast-check';
import { faithful } from './babble.ts';
import type { Act, Babble, BabbleStep, Door, Ending, Wait } from './babble.ts';
import type { Frame, RecordedConversation } from './recordedConversation.ts';

/** Anything a server can do, most of it close to what was recorded of its dialect. */
export function babbles(conversations: readonly RecordedConversation[]): fc.Arbitrary<Babble> {
  const step = anyStep(conversations);
  const setting = fc.record({
    conversation: fc.constantFrom(...conversations),
    answer: seldom(fc.oneof(door, answerBody(conversations))),
    door: seldom(door),
    contentType: fc.oneof({ weight: 8, arbitrary: fc.constant(stream) }, contentType),
    ending: fc.record({ after: wait, how: ending }),
  });
  const loose = fc
    .tuple(fc.array(step, { maxLength: 14 }), fc.nat(3))
    .map(([steps, dice]) => (recorded: BabbleStep[]) => {
      return dice === 0 ? steps : [...greetingOf(recorded), ...steps];
    });
  const close = fc
    .tuple(fc.array(change(step), { maxLength: 12, size: 'max' }), fc.option(fc.nat(12)))
    .map(([changes, length]) => (recorded: BabbleStep[]) => {
      const kept = recorded.slice(0, length ?? undefined);
      return kept.flatMap((one, at) => changes[at]?.(one) ?? [one]);
    });
  const script = fc.oneof({ weight: 2, arbitrary: close }, { weight: 1, arbitrary: loose });
  return fc.tuple(setting, script).map(([chosen, stepsOf]) => {
    const recorded = faithful(chosen.conversation);
    return {
      ...chosen,
      answer: chosen.answer ?? recorded.answer,
      door: chosen.door ?? 'open',
      steps: stepsOf(recorded.steps),
    };
  });
}

/** What the server says of its own accord. */
function greetingOf(recorded: readonly BabbleStep[]): BabbleStep[] {
  const audioAt = recorded.findIndex(({ after }) => after !== 'nothing');
  return recorded.slice(0, Math.max(0, audioAt));
}

const stream = 'text/event-stream';
const contentType = fc.constantFrom('application/json', 'TEXT/EVENT-STREAM; charset=x', null);

function seldom<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.oneof({ weight: 12, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });
}

const wait = fc.constantFrom<Wait[]>(
  'nothing',
  'nothing',
  'soon',
  'soon',
  'pause',
  'message',
  'end',
);

/** Bytes at random, and such as break a WebSocket, HTTP, server-sent events or an event stream. */
const bytes = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 60 }),
  fc.constantFrom(
    ...[
      ...['81801234', '8383616263', 'f10161', '8102fffe', '80020102', '817fffffffffffffffff'],
      ...['880203e7', '880203ed', '8803 03e8ff', '8901', '890041', '0a0a0a', 'efbbbf', '00000010'],
      '0000001000000000deadbeef00000000',
    ].map((hex) => Buffer.from(hex.replaceAll(' ', ''), 'hex')),
    ...[
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        'Sec-WebSocket-Accept: AAAA\r\n\r\n',
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{}',
      'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: {}\r\r: \n\ndata',
      'HTTP/1.1 103 Early Hints\r\n\r\n',
      'HTTP/1.1 301 Moved\r\nLocation: \r\n\r\n',
      'HTTP/1.1 999 \r\n\r\n',
      'data: [DONE]\n\n',
      '\r\ndata:\rid: \u0000\nretry: -1\n\n',
    ].map((text) => Buffer.from(text)),
  ),
);

const closeReason = fc.constantFrom('', 'busy', '資料 DATA-0000', 'x'.repeat(120));
const closeCode = fc.constantFrom(
  ...[null, 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 1013],
  ...[3000, 3005, 3006, 4000, 4001, 4005, 4029, 4400, 4401, 4403, 4999],
);
const ending: fc.Arbitrary<Ending> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ code: closeCode, reason: closeReason }) },
  { weight: 4, arbitrary: fc.constantFrom<Ending[]>('silent', 'cut', 'half-closed') },
  // Dear: the session waits two seconds for an answer to its close.
  { weight: 1, arbitrary: fc.constantFrom<Ending[]>('silent', 'silent', 'silent', 'deaf') },
);

const refusal = fc.record({
  status: fc.constantFrom(200, 204, 302, 400, 401, 404, 429, 500, 503),
  body: fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc.constant('{"error":{"message":"No."}}'),
  ),
});

const door: fc.Arbitrary<Door> = fc.oneof(
  { weight: 3, arbitrary: refusal },
  { weight: 2, arbitrary: bytes.map((begin) => ({ bytes: begin })) },
  { weight: 1, arbitrary: fc.constantFrom<Door[]>('silent', 'cut') },
);

function answerBody(
  conversations: readonly RecordedConversation[],
): fc.Arbitrary<{ body: string }> {
  const recorded = conversations.map(({ answer }) => answer ?? '{}');
  return anyText(recorded).map((body) => ({ body }));
}

function anyStep(conversations: readonly RecordedConversation[]): fc.Arbitrary<BabbleStep> {
  const frames = conversations.flatMap(({ steps }) =>
    steps.flatMap((step) => ('say' in step ? [step.say] : [])),
  );
  const texts = frames.filter((frame) => typeof frame === 'string');
  const binaries = frames.filter((frame) => typeof frame !== 'string');
  const frame = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom<Frame[]>(...frames, '{}') },
    { weight: 5, arbitrary: anyText(texts) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 100 }) },
    { weight: binaries.length > 0 ? 4 : 1, arbitrary: spoiledBytes(binaries) },
  );
  const act: fc.Arbitrary<Act> = fc.oneof(
    { weight: 12, arbitrary: frame.map((say) => ({ say })) },
    {
      weight: 3,
      arbitrary: fc.record({ inPieces: frame, bytes: fc.integer({ min: 1, max: 40 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ begin: frame, share: fc.double({ min: 0, max: 0.99, noNaN: true }) }),
    },
    { weight: 1, arbitrary: bytes.map((write) => ({ write })) },
  );
  return fc.record({ after: wait, act });
}

/** A byte of a binary message is another one, or it ends too early. */
function spoiledBytes(binaries: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(
      fc.constantFrom(...binaries, new Uint8Array(8)),
      fc.nat(),
      fc.nat(255),
      fc.option(fc.nat(40)),
    )
    .map(([frame, at, byte, length]) => {
      const copy = Uint8Array.from(frame);
      copy[at % Math.max(1, copy.length)] = byte;
      return copy.subarray(0, length ?? undefined);
    });
}

/** Stands in JSON for a number that JSON can write and nobody can count to. */
const huge = 'HUGE';
const oddStrings = ['\ud800', 'null', ' schöne 日本', '👋🏽', '\u0000'];
const oddTexts = [
  ...['', ' ', '0', 'null', '[]', '"', '[DONE]', '\ufeff{}', '{"type":', '{"a":1}{"a":2}'],
  ...['[', '{"a":'].map((nested) => nested.repeat(20_000)),
  `{"type":"${'x'.repeat(70_000)}"}`,
];

/** JSON of the protocol, JSON with something else in it, JSON of any kind, and no JSON. */
function anyText(texts: readonly string[]): fc.Arbitrary<string> {
  const words = [...new Set(texts.flatMap((text) => text.match(/[\w.]+/g) ?? []))];
  const word = fc.constantFrom(...words, 'type', '__proto__', 'constructor');
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.oneof(
        word,
        fc.string(),
        fc.double(),
        fc.constantFrom(true, null, huge, -1, ...oddStrings),
      ),
      fc.dictionary(fc.oneof(word, fc.string()), tie('value'), {
        maxKeys: 4,
        noNullPrototype: true,
      }),
      fc.array(tie('value'), { maxLength: 3 }),
    ),
  }));
  const known = fc.constantFrom(...texts, '{}');
  return fc.oneof(
    { weight: 6, arbitrary: fc.tuple(known, fc.nat(), value).map(spoilJson) },
    {
      weight: 2,
      arbitrary: fc.tuple(known, fc.double({ min: 0, max: 1, noNaN: true })).map(cutText),
    },
    { weight: 2, arbitrary: value.map(jsonOf) },
    { weight: 1, arbitrary: fc.constantFrom(...oddTexts) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  );
}

function cutText([text, share]: [string, number]): string {
  return text.slice(0, Math.floor(text.length * share));
}

function jsonOf(value: unknown): string {
  return JSON.stringify(value).replaceAll(`"${huge}"`, '1e999');
}

/** One of the values in a message is something else. */
function spoilJson([text, at, value]: [string, number, unknown]): string {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return text;
  }
  const places = placesIn(message);
  places[at % Math.max(1, places.length)]?.(value);
  return jsonOf(message);
}

function placesIn(value: unknown): ((other: unknown) => void)[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [
    (other: unknown) => {
      holder[key] = other;
    },
    ...placesIn(holder[key]),
  ]);
}

type Change = (step: BabbleStep) => BabbleStep[];

const otherValue = fc.oneof(fc.jsonValue(), fc.constantFrom(...oddStrings));

/** What becomes of a recorded step: mostly nothing. */
function change(step: fc.Arbitrary<BabbleStep>): fc.Arbitrary<Change> {
  const frameOf = ({ act }: BabbleStep): Frame => ('say' in act ? act.say : '');
  return fc.oneof(
    { weight: 14, arbitrary: fc.constant<Change>((one) => [one]) },
    { weight: 2, arbitrary: fc.constant<Change>(() => []) },
    { weight: 2, arbitrary: fc.constant<Change>((one) => [one, one]) },
    { weight: 3, arbitrary: step.map((other): Change => (one) => [other, one]) },
    { weight: 2, arbitrary: step.map((other): Change => () => [other]) },
    { weight: 2, arbitrary: wait.map((after): Change => (one) => [{ ...one, after }]) },
    {
      weight: 2,
      arbitrary: fc
        .integer({ min: 1, max: 40 })
        .map((size): Change => (one) => [{ ...one, act: { inPieces: frameOf(one), bytes: size } }]),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(fc.nat(), otherValue).map(([at, value]): Change => (one) => {
        const frame = frameOf(one);
        if (typeof frame !== 'string') return [one];
        return [{ ...one, act: { say: spoilJson([frame, at, value]) } }];
      }),
    },
  );
}
