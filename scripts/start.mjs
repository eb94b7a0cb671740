// `npm start`: installs, builds, serves on the loopback interface and opens the app.
import { spawn } from 'node:child_process';
import { ROOT, ensureBuild, ensureDependencies, projectEnvironment } from './setup.mjs';

ensureDependencies();
ensureBuild();

const { startServer } = await import('./serve.mjs');

async function serveOnFreePort(first) {
  for (let port = first; port < first + 20; port += 1) {
    try {
      return await startServer({ port });
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || process.env.PORT) throw error;
    }
  }
  return startServer({ port: 0 });
}

function openInBrowser(url) {
  if (process.env.CI || process.argv.includes('--no-open')) return;
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const commands = { darwin: ['open', url], win32: ['cmd', '/c', 'start', '', url] };
  const [command, ...args] = commands[process.platform] ?? ['xdg-open', url];
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: 'ignore',
    detached: true,
    env: projectEnvironment(),
  });
  child.on('error', () => {});
  child.unref();
}

const { url } = await serveOnFreePort(Number(process.env.PORT ?? 4173));
console.log(`\n  Sluice is ready: ${url}\n  Everything stays on this machine. Ctrl+C ends it.\n`);
openInBrowser(url);
