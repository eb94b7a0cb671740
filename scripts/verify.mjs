// `npm run verify`: format, lint, types, architecture, dead code, documents, unit and macro tests; zero warnings.
import { ensureDependencies, runTool } from './setup.mjs';
import { vitestReporters } from './test-results.mjs';

ensureDependencies();
runTool('prettier', ['--check', '--log-level', 'warn', '.']);
runTool('svelte-kit', ['sync']);
runTool('eslint', ['--max-warnings', '0', '.']);
runTool('svelte-check', ['--fail-on-warnings', '--tsconfig', './tsconfig.json']);
runTool('tsc', ['-p', 'tsconfig.worker.json']);
runTool('tsc', ['-p', 'tsconfig.node.json']);
runTool('depcruise', ['--config', '.dependency-cruiser.js', 'src', 'workers']);
runTool('knip', []);
runTool('node', ['scripts/build-macro-docs.ts', '--check']);
runTool('vitest', ['run', ...vitestReporters('unit')]);
