import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/**
 * Which folders of src/ each folder may import from: the data's way, docs/architecture.md.
 * A folder may always import from itself and from `common`.
 */
const mayImport = {
  common: [],
  trace: [],
  plan: ['trace'],
  planfile: ['plan', 'dialects'],
  series: ['plan', 'planfile', 'metrics', 'runfile', 'report'],
  audio: [],
  dataset: ['trace'],
  dialects: ['trace'],
  transport: [],
  session: ['trace', 'audio', 'dialects', 'transport'],
  metrics: ['trace', 'dataset'],
  runfile: ['trace', 'plan', 'dataset', 'metrics'],
  bench: ['trace', 'plan', 'audio', 'dataset', 'dialects', 'session', 'metrics', 'runfile'],
  comparison: ['trace', 'plan', 'dataset', 'metrics', 'runfile'],
  report: ['trace', 'plan', 'dataset', 'metrics', 'runfile', 'comparison'],
  runlist: ['plan', 'metrics', 'transport'],
  settings: ['trace', 'plan', 'dialects', 'transport'],
  runview: ['trace', 'plan', 'dataset', 'metrics', 'runfile'],
  timeline: ['trace', 'dataset', 'metrics', 'runfile'],
  transcript: ['trace', 'dataset', 'metrics', 'timeline'],
  compareview: [
    'trace',
    'plan',
    'dataset',
    'metrics',
    'runfile',
    'comparison',
    'report',
    'timeline',
  ],
  endpoint: ['audio', 'trace'],
  runner: [
    'trace',
    'plan',
    'series',
    'dataset',
    'dialects',
    'session',
    'metrics',
    'runfile',
    'bench',
    'endpoint',
  ],
  lsp: [
    'runlist',
    'plan',
    'series',
    'planfile',
    'audio',
    'dataset',
    'dialects',
    'transport',
    'metrics',
    'runfile',
    'runview',
    'timeline',
    'report',
    'trace',
  ],
  extension: [
    'trace',
    'lsp',
    'plan',
    'series',
    'planfile',
    'dataset',
    'dialects',
    'transport',
    'metrics',
    'runfile',
    'comparison',
    'report',
    'runview',
    'compareview',
    'timeline',
    'transcript',
    'audio',
    'runlist',
    'settings',
    'agenttools',
    'runner',
    'endpoint',
  ],
  cli: [
    'trace',
    'dialects',
    'plan',
    'series',
    'planfile',
    'dataset',
    'metrics',
    'runfile',
    'comparison',
    'report',
    'bench',
    'runner',
    'endpoint',
    'agenttools',
    'mcp',
    'lsp',
  ],
  agenttools: [
    'plan',
    'series',
    'planfile',
    'lsp',
    'dialects',
    'transport',
    'metrics',
    'runfile',
    'comparison',
    'report',
    'runlist',
    'settings',
    'runner',
  ],
  mcp: [
    'plan',
    'series',
    'planfile',
    'dataset',
    'runfile',
    'comparison',
    'runlist',
    'settings',
    'runner',
    'endpoint',
    'agenttools',
  ],
};

/** Folders that must run anywhere, also in a webview: no Node built-ins. */
const pureFolders = [
  'common',
  'trace',
  'dialects',
  'metrics',
  'timeline',
  'transcript',
  'comparison',
];

const zones = Object.entries(mayImport).map(([folder, others]) => {
  const allowed = [...new Set([folder, 'common', ...others])];
  return {
    target: `./src/${folder}`,
    from: './src',
    except: allowed.map((name) => `./${name}`),
    message: `src/${folder} may import only: ${allowed.join(', ')}.`,
  };
});

export default tseslint.config(
  { ignores: ['dist/', '.cache/', 'test/fixtures/', 'test/peers/', 'node_modules/'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true } },
    settings: { 'import-x/resolver': { node: { extensions: ['.ts', '.js'] } } },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-lines': ['error', { max: 500, skipComments: true }],
      complexity: ['error', 15],
      'no-console': 'error',
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'vscode', message: 'Only src/extension may use the VS Code API.' }] },
      ],
    },
  },
  {
    files: pureFolders.map((folder) => `src/${folder}/**/*.ts`),
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['node:*', 'ws', 'vscode'], message: 'This folder runs anywhere: no I/O.' },
          ],
        },
      ],
    },
  },
  {
    // The one place that uses the VS Code API.
    files: ['src/extension/**/*.ts', 'test/vscode/**/*.ts', 'test/bench/activation/**/*.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['src/extension/**/*.ts'],
    ignores: ['src/extension/tell.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['showInformationMessage', 'showWarningMessage', 'showErrorMessage'].map((property) => ({
          property,
          message: 'Messages may repeat hostile text: use tell.',
        })),
      ],
    },
  },
  {
    // Pages run in a browser: no Node, nothing of src but pure code, and text never as HTML.
    files: ['webview-ui/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['node:*', 'vscode', 'ws'], message: 'This runs in a browser.' },
            {
              regex:
                '/src/(?!runview/|compareview/|report/formatFigure|timeline/|metrics/|trace/|common/)',
              message:
                'Pages use only pure code of src: runview, compareview, timeline, metrics, trace, common.',
            },
          ],
        },
      ],
      'no-restricted-properties': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML'].map((property) => ({
          property,
          message: 'Text from a server is hostile: use textContent.',
        })),
      ],
    },
  },
  {
    files: ['webview-ui/**/*.ts'],
    ignores: ['webview-ui/shared/controls.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@vscode/webview-ui-toolkit*'],
              message: 'Use webview-ui/shared/controls.ts.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      // node:test's `test()` and `describe()` return promises that the runner awaits.
      '@typescript-eslint/no-floating-promises': 'off',
      'no-console': 'off',
    },
  },
  {
    files: ['src/cli/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
);
