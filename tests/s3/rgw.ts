// Starts and stops a real S3 server (Ceph RADOS Gateway, in memory, loopback only); knows no bucket and no test.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { writeCephConfiguration } from './ceph-configuration.ts';
import { S3_CACHE, findCephPrograms, type CephPrograms } from './ceph-programs.ts';

const run = promisify(execFile);
const START_LIMIT_MS = 60_000;
const PLACE_OSD = ['osd', 'crush', 'add', 'osd.0', '1.0', 'root=default', 'host=localhost'];
const RUNS = join(S3_CACHE, 'runs');

export interface S3Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface RgwServer {
  /** `http://127.0.0.1:<port>`, path style, any region. */
  readonly endpoint: string;
  /** Of a user who may create buckets. */
  readonly keys: S3Keys;
  /** Adds a user who may do nothing but what a bucket's policy grants; `name` of letters and digits. */
  addUser(name: string): Promise<S3Keys>;
  stop(): Promise<void>;
}

export interface RgwOptions {
  /** Of the gateway; a free one by default. */
  readonly port?: number;
  /** Of the first user; random by default. */
  readonly keys?: S3Keys;
}

/**
 * A server with an empty store. It ends with `stop()`, and at the latest with this process, killed or not.
 * @throws when the programs cannot be had or do not start; the message says why
 */
export async function startRgw(options: RgwOptions = {}): Promise<RgwServer> {
  const programs = findCephPrograms();
  removeRunsOfDeadProcesses();
  for (let attempt = 1; ; attempt += 1) {
    const cluster = new CephCluster(programs, options.port ?? (await findFreePort()), await findFreePort());
    try {
      await cluster.start();
      const keys = await cluster.addUser('sluice', options.keys ?? makeKeys());
      return {
        endpoint: cluster.endpoint,
        keys,
        addUser: (name) => cluster.addUser(name, makeKeys(), 'none'),
        stop: () => cluster.stop(),
      };
    } catch (error) {
      await cluster.stop();
      // Another process may have taken a port between its choice and its use.
      if (attempt === 3) throw error;
      console.warn(`S3 test server: start ${attempt} failed, trying again. ${String(error)}`);
    }
  }
}

class CephCluster {
  readonly endpoint: string;
  readonly #programs: CephPrograms;
  readonly #folder: string;
  readonly #configuration: string;
  readonly #monitorPort: number;
  readonly #gatewayPort: number;
  readonly #fsid = randomUUID();
  readonly #daemons: ChildProcess[] = [];

  constructor(programs: CephPrograms, gatewayPort: number, monitorPort: number) {
    this.#programs = programs;
    this.#gatewayPort = gatewayPort;
    this.#monitorPort = monitorPort;
    this.#folder = join(RUNS, `${process.pid}-${this.#fsid.slice(0, 8)}`);
    this.#configuration = join(this.#folder, 'ceph.conf');
    this.endpoint = `http://127.0.0.1:${gatewayPort}`;
  }

  async start(): Promise<void> {
    this.#layFolders();
    const [folder, fsid] = [this.#folder, this.#fsid];
    const monitorMap = join(folder, 'monmap');
    const monitorAddress = `[v1:127.0.0.1:${this.#monitorPort}]`;
    await this.#run('monmaptool', '--create', '--addv', 'a', monitorAddress, '--fsid', fsid, monitorMap);
    await this.#run('ceph-mon', '--mkfs', '-i', 'a', '--monmap', monitorMap);
    this.#startDaemon('ceph-mon', '-i', 'a', '-f');
    const osd = randomUUID();
    await this.#run(...this.#programs.cephCommand, 'osd', 'new', osd);
    await this.#run(...this.#programs.cephCommand, ...PLACE_OSD);
    await this.#run('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', osd);
    this.#startDaemon('ceph-osd', '-i', '0', '-f');
    await this.#startGateway();
  }

  async addUser(name: string, keys: S3Keys, buckets: 'any' | 'none' = 'any'): Promise<S3Keys> {
    const user = ['user', 'create', `--uid=${name}`, `--display-name=${name}`];
    const secrets = [`--access-key=${keys.accessKeyId}`, `--secret-key=${keys.secretAccessKey}`];
    // -1: none (0 would be the default of 1000).
    await this.#run(
      'radosgw-admin',
      ...user,
      ...secrets,
      ...(buckets === 'none' ? ['--max-buckets=-1'] : []),
    );
    return keys;
  }

  async stop(): Promise<void> {
    for (const daemon of this.#daemons.reverse()) await endDaemon(daemon);
    this.#daemons.length = 0;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #layFolders(): void {
    for (const name of ['mon', 'osd', 'gateway', 'log', 'run'])
      mkdirSync(join(this.#folder, name), { recursive: true });
    const layout = {
      folder: this.#folder,
      fsid: this.#fsid,
      monitorPort: this.#monitorPort,
      gatewayPort: this.#gatewayPort,
    };
    writeFileSync(this.#configuration, writeCephConfiguration(layout, this.#programs));
  }

  get #environment(): NodeJS.ProcessEnv {
    return { ...this.#programs.environment, CEPH_CONF: this.#configuration };
  }

  async #run(program: string, ...args: string[]): Promise<void> {
    await run(program, args, { env: this.#environment, timeout: START_LIMIT_MS });
  }

  /** `setpriv --pdeathsig`: the kernel ends the daemon when this process ends, however that came about. */
  #startDaemon(program: string, ...args: string[]): void {
    const log = openSync(join(this.#folder, 'log', `${program}.out`), 'a');
    const daemon = spawn('setpriv', ['--pdeathsig', 'KILL', '--', program, ...args], {
      env: this.#environment,
      stdio: ['ignore', log, log],
      detached: true,
    });
    closeSync(log);
    daemon.on('error', () => undefined);
    this.#daemons.push(daemon);
  }

  #explain(program = ''): string {
    const output = readFileSync(join(this.#folder, 'log', `${program}.out`), 'utf8');
    return `${program} ended, saying: ${output.trim().slice(-1500)}`;
  }

  async #startGateway(): Promise<void> {
    this.#startDaemon('radosgw', '-n', 'client.rgw', '-f');
    const dead = await this.#waitForAnswer(Date.now() + START_LIMIT_MS);
    if (dead !== null)
      throw new Error(`the S3 test server did not start: ${this.#explain(dead.spawnargs[4])}`);
  }

  /** The daemon that ended before the gateway answered, or null once it answers. */
  async #waitForAnswer(limit: number): Promise<ChildProcess | null> {
    while (Date.now() < limit) {
      const dead = this.#daemons.find((daemon) => daemon.exitCode !== null || daemon.signalCode !== null);
      if (dead !== undefined) return dead;
      try {
        await (await fetch(this.endpoint, { signal: AbortSignal.timeout(5000) })).arrayBuffer();
        return null;
      } catch {
        await pause(40);
      }
    }
    throw new Error('the S3 test server did not start: no answer in time');
  }
}

async function endDaemon(daemon: ChildProcess): Promise<void> {
  if (daemon.pid === undefined || daemon.exitCode !== null || daemon.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => daemon.once('exit', () => resolve()));
  // Nothing in memory is worth an orderly shutdown.
  daemon.kill('SIGKILL');
  await ended;
}

function makeKeys(): S3Keys {
  return {
    accessKeyId: `SLUICE${randomBytes(7).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(20).toString('hex'),
  };
}

async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port could be found');
  return address.port;
}

/** A killed process leaves its folder behind; its number stands in the folder's name. */
function removeRunsOfDeadProcesses(): void {
  mkdirSync(RUNS, { recursive: true });
  for (const name of readdirSync(RUNS))
    if (!isAlive(Number.parseInt(name, 10))) rmSync(join(RUNS, name), { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
