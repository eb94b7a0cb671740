// `npm run s3`: a real S3 server on the loopback interface to publish to while developing; `--port`, `--origin`.
import { spawn } from 'node:child_process';
import { ROOT, ensureDependencies, projectEnvironment } from './setup.mjs';

ensureDependencies();
const server = spawn('node', ['tests/s3/serve.ts', ...process.argv.slice(2)], {
  cwd: ROOT,
  // The server ends when this pipe does, that is with this process, killed or not.
  stdio: ['pipe', 'inherit', 'inherit'],
  env: projectEnvironment(),
  shell: process.platform === 'win32',
});
// The terminal sends Ctrl+C to the server as well; a signal to this process alone is handed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => process.exit(code ?? 0));
