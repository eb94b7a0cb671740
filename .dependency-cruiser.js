// The import plan of ARCHITECTURE.md as rules: imports point down, no cycles, confined libraries.

/** From the top down; a room may import from rooms of lower rank only. */
const LAYERS = [
  ['routes'],
  ['ui'],
  ['session'],
  ['release'],
  ['publish'],
  ['module'],
  ['gate'],
  ['run'],
  ['suggest'],
  ['risk', 'quality', 'lineage', 'sensitivity', 'profile', 'filter', 'chart', 'metadata', 'audit', 'share'],
  ['notebook', 'macros', 'engine', 'store', 'key'],
  ['base'],
];

const roomPath = (room) => (room === 'routes' ? '^src/routes/' : `^src/lib/${room}/`);
const anyOf = (rooms) => rooms.map(roomPath).join('|');

const layering = LAYERS.slice(1).map((lower, index) => ({
  name: `${lower.join('-')}-imports-nothing-above`,
  severity: 'error',
  from: { path: anyOf(lower) },
  to: { path: anyOf(LAYERS.slice(0, index + 1).flat()) },
}));

const confined = (name, library, allowed) => ({
  name,
  severity: 'error',
  from: { path: '^(src|workers)/', pathNot: allowed },
  to: { path: library },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A component that renders a tree imports itself; that is no cycle between files.',
      from: { pathNot: '^src/lib/ui/markdown/Markdown(Inlines|Blocks)\\.svelte$' },
      to: { circular: true },
    },
    {
      name: 'no-orphan-imports',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^\\$|^svelte|\\?url$|^@duckdb/duckdb-wasm/blocking$' },
    },
    ...layering,
    {
      name: 'ui-sees-session-and-types-only',
      severity: 'error',
      from: { path: '^src/lib/ui/' },
      to: { path: '^src/lib/(?!ui/|session/|base/)', pathNot: '-types\\.ts$|engine/contract\\.ts$' },
    },
    {
      name: 'library-sees-no-worker-and-no-command',
      severity: 'error',
      from: { path: '^src/lib/', pathNot: '^src/lib/session/' },
      to: { path: '^(workers|src/headless)/' },
    },
    {
      name: 'svelte-only-at-the-top',
      severity: 'error',
      from: { path: '^(src/lib/(?!ui/|session/)|workers/|src/headless/)' },
      to: { path: '^node_modules/(svelte|@sveltejs)/' },
    },
    confined(
      'duckdb-wasm-confined',
      '^node_modules/@duckdb/duckdb-wasm/',
      '^(workers/engine/duckdb\\.ts|src/headless/engine\\.ts|src/lib/session/engine-assets\\.ts)',
    ),
    confined('indexeddb-confined', '^node_modules/idb/', '^src/lib/store/'),
    confined(
      'sql-parser-confined',
      '^node_modules/@polyglot-sql/',
      '^(workers/analysis|src/headless/parse-sql\\.ts|src/lib/session/engine-assets\\.ts)',
    ),
    confined('object-storage-client-confined', '^node_modules/(@aws-sdk|@smithy)/', '^src/lib/publish/s3'),
    {
      name: 'publisher-sees-publishing-only',
      severity: 'error',
      comment:
        'The document that may talk to other hosts holds nothing of the app: no session, engine, gate or notebook.',
      from: { path: '^src/publisher/' },
      to: {
        path: '^(src|workers)/',
        pathNot:
          '^src/(publisher/|lib/publish/|lib/base/|lib/store/(outbox|publisher|mirror)|lib/ui/(tokens|base)\\.css)',
      },
    },
    {
      name: 'nothing-imports-the-publisher',
      severity: 'error',
      from: { path: '^(src|workers)/', pathNot: '^src/publisher/' },
      to: { path: '^src/publisher/' },
    },
    {
      name: 'service-worker-stands-alone',
      severity: 'error',
      from: { path: '^src/service-worker/' },
      to: { path: '^(src|workers)/', pathNot: '^src/service-worker/' },
    },
    confined(
      'parquet-confined',
      '^node_modules/parquet-wasm/',
      '^(workers/engine/|src/headless/engine\\.ts|src/lib/session/engine-assets\\.ts)',
    ),
    {
      name: 'no-development-dependency-at-run-time',
      severity: 'error',
      from: { path: '^(src/lib/(?!ui/|session/)|workers/|src/headless/)' },
      to: { dependencyTypes: ['npm-dev'], pathNot: '^node_modules/(svelte|@sveltejs|@types)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'browser', 'import', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.svelte'],
    },
    exclude: { path: '^(build|\\.svelte-kit|\\.cache)/' },
  },
};
