import * as vscode from 'vscode';

/** A state that a test item was given, with what was said about it. */
export interface RecordedState {
  item: vscode.TestItem;
  state: 'enqueued' | 'started' | 'passed' | 'failed' | 'errored' | 'skipped';
  messages: vscode.TestMessage[];
}

/** A test run as its extension reported it; VS Code got the same. */
export interface RecordedRun {
  states: RecordedState[];
  output: string;
  ended: boolean;
}

/** VS Code has no stable API that tells of test results. */
class RecordedTests {
  controller: vscode.TestController | undefined;
  readonly profiles = new Map<string, vscode.TestRunProfile>();
  readonly runs: RecordedRun[] = [];
  readonly #create = vscode.tests.createTestController.bind(vscode.tests);

  /** Has to come before the extension makes its controller. */
  install(): void {
    vscode.tests.createTestController = (id, label) => {
      const controller = this.#create(id, label);
      const createRun = controller.createTestRun.bind(controller);
      const createProfile = controller.createRunProfile.bind(controller);
      controller.createRunProfile = (...args) => {
        const profile = createProfile(...args);
        this.profiles.set(profile.label, profile);
        return profile;
      };
      controller.createTestRun = (...args) => this.#record(createRun(...args));
      this.controller = controller;
      return controller;
    };
  }

  #record(run: vscode.TestRun): vscode.TestRun {
    const recorded: RecordedRun = { states: [], output: '', ended: false };
    this.runs.push(recorded);
    return new Proxy(run, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          note(recorded, String(name), args);
          return Reflect.apply(value, target, args) as unknown;
        };
      },
    });
  }
}

function note(run: RecordedRun, name: string, [first, second]: unknown[]): void {
  if (name === 'appendOutput') run.output += String(first);
  else if (name === 'end') run.ended = true;
  else if (isState(name)) {
    const messages = second === undefined ? [] : [second].flat();
    run.states.push({
      item: first as vscode.TestItem,
      state: name,
      messages: messages.filter((each) => each instanceof vscode.TestMessage),
    });
  }
}

function isState(name: string): name is RecordedState['state'] {
  return ['enqueued', 'started', 'passed', 'failed', 'errored', 'skipped'].includes(name);
}

export const recordedTests = new RecordedTests();
