// The command as a pipeline sees it: exit codes, one JSON document on stdout, words on stderr.
import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platformEffects } from '../../src/lib/base/effects.ts';
import { unwrap } from '../../src/lib/base/result.ts';
import { createProjectKey, wrapKey } from '../../src/lib/key/project-key.ts';

const project = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const USERS = project('tests/data/users.csv');
const MPG = project('tests/data/mpg.csv');
const PASSPHRASE = 'correct horse battery staple';

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function sluice(args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...env }, maxBuffer: 1 << 26 };
    execFile(process.execPath, [project('bin/sluice.mjs'), ...args], options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

function notebook(
  publish: string,
  sql = 'SELECT count(*) AS people, round(avg(salary), 2) AS mean_salary FROM users',
): string {
  const head =
    '---\nsluice: 1\ntitle: Test\ntimezone: UTC\nsources:\n  users:\n    file: users.csv\n    import: { format: csv }\npolicy: { k: 5, quasi: [] }\n---\n';
  return `${head}\`\`\`sql name=counted\n${sql}\n\`\`\`\n\n\`\`\`publish of=${publish}\nnamespace: hr\nmodule: people\nformats: [csv]\n\`\`\`\n`;
}

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-command-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function keep(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe('sluice run --param', () => {
  it('gives inputs other values, and says which there are', async () => {
    const text = notebook('counted', 'SELECT count(*) AS people FROM users WHERE salary > $least').replace(
      'policy:',
      'inputs:\n  least: { type: number, value: 0 }\npolicy:',
    );
    const path = await keep('asked.sluice.md', text);
    const counted = async (...params: string[]) => {
      const args = [
        'run',
        path,
        '--source',
        `users=${USERS}`,
        '--json',
        '--publish',
        join(folder, `asked-${params.length}`),
      ];
      const { code, stdout } = await sluice([...args, ...params]);
      const { module } = JSON.parse(stdout) as { module: { files: { path: string }[] } };
      const kept = async (ending: string) => {
        const file = module.files.find((each) => each.path.endsWith(ending));
        return readFile(
          join(folder, `asked-${params.length}`, 'hr/people/v/1.0.0', file?.path ?? ''),
          'utf8',
        );
      };
      return [
        code,
        (await kept('.csv')).split(/\r?\n/)[1],
        /value: [^ ]+/.exec(await kept('.sluice.md'))?.[0],
      ];
    };
    expect(await counted()).toEqual([0, '933', 'value: 0']);
    expect(await counted('--param', 'least=200000')).toEqual([0, '289', 'value: 200000']);
    const bad = await sluice(['run', path, '--source', `users=${USERS}`, '--param', 'leats=1']);
    const worse = await sluice(['run', path, '--source', `users=${USERS}`, '--param', 'least=many']);
    expect([bad.code, bad.stderr, worse.code, worse.stderr]).toEqual([
      2,
      expect.stringContaining('The notebook has no input leats. It has least.'),
      2,
      expect.stringContaining('“many” is no value for the input least. Write a number such as 2.5.'),
    ]);
  }, 60_000);
});

describe('sluice query', () => {
  it('answers types and values, large integers and decimals as text', async () => {
    const sql =
      "SELECT 9007199254740993 AS big, 1.50::DECIMAL(5,2) AS exact, DATE '2020-02-29' AS day, mask_phone('+1 212 555 0134') AS phone, NULL AS nothing";
    const { code, stdout } = await sluice(['query', MPG, sql, '--json']);
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      {
        columns: [
          { name: 'big', type: 'BIGINT' },
          { name: 'exact', type: 'DECIMAL(5,2)' },
          { name: 'day', type: 'DATE' },
          { name: 'phone', type: 'VARCHAR' },
          { name: 'nothing', type: 'INTEGER' },
        ],
        rows: [['9007199254740993', '1.50', '2020-02-29', '***-***-0134', null]],
        rowCount: 1,
      },
    ]);
  });

  it('ends with 2 on wrong SQL and on what a cell may not say', async () => {
    const wrong = await sluice(['query', MPG, 'SELECT nope FROM mpg', '--json']);
    expect([wrong.code, JSON.parse(wrong.stdout).error.code]).toEqual([2, 'engine-sql']);
    const refused = await sluice(['query', MPG, "COPY mpg TO 'stolen.csv'"]);
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('COPY is not allowed');
  });
});

describe('sluice check', () => {
  const checked = (checks: string) =>
    `---\nsluice: 1\nsources:\n  users: { file: users.csv, import: { format: csv } }\n---\n\`\`\`sql name=safe\nSELECT id, salary FROM users\n\`\`\`\n\n\`\`\`check of=safe\n${checks}\n\`\`\`\n`;
  const run = async (checks: string, ...more: readonly string[]) =>
    sluice(['check', await keep('checks.sluice.md', checked(checks)), '--source', `users=${USERS}`, ...more]);

  it('ends with 0 where all pass or warn, and writes JSON and JUnit XML', async () => {
    const junit = join(folder, 'checks.xml');
    const { code, stdout } = await run(
      '- unique: { column: id }\n- not_null: { column: salary, warn: 1% }',
      '--json',
      '--junit',
      junit,
    );
    const { passed, checks } = JSON.parse(stdout);
    expect([code, passed]).toEqual([0, true]);
    expect(
      checks.map((check: Record<string, unknown>) => [
        check['name'],
        check['severity'],
        check['outcome'],
        check['failingRows'],
      ]),
    ).toEqual([
      ['unique(id)', 'fail', 'pass', 0],
      ['not_null(salary)', 'warn', 'warn', 67],
    ]);
    const xml = await readFile(junit, 'utf8');
    expect(xml).toContain('<testsuite name="safe" tests="2" failures="0" errors="0"');
  });

  it('ends with 1 where a check fails or cannot run', async () => {
    const failed = await run('- between: { column: salary, max: 1000 }');
    expect([failed.code, failed.stdout.includes('✗ safe: between(salary): ')]).toEqual([1, true]);
    const broken = await run('- unique: { column: nope }', '--json');
    expect([broken.code, JSON.parse(broken.stdout).checks[0].outcome]).toEqual([1, 'error']);
  });

  it('ends with 2 on a check that is none, and 3 on a source that is missing', async () => {
    const wrong = await run('- nope: { column: id }');
    expect([wrong.code, wrong.stderr.includes('Line 11: there is no check called “nope”')]).toEqual([
      2,
      true,
    ]);
    const path = await keep('checks.sluice.md', checked('- unique: { column: id }'));
    const missing = await sluice(['check', path]);
    expect([missing.code, missing.stderr.includes('Add --source users=PATH')]).toEqual([3, true]);
  });

  it('asks for no file of a source that no check reads', async () => {
    const text = checked('- unique: { column: id }').replace(
      'sources:\n',
      'sources:\n  other: { file: other.csv, import: { format: csv } }\n',
    );
    const path = await keep('checks.sluice.md', text);
    expect((await sluice(['check', path, '--source', `users=${USERS}`])).code).toBe(0);
  });

  it('is part of run, and the gate blocks on it', async () => {
    const text = (max: number) =>
      `${notebook('counted')}\n\`\`\`check of=counted\n- between: { column: people, max: ${max} }\n\`\`\`\n`;
    const args = ['--source', `users=${USERS}`, '--publish', join(folder, 'checked'), '--json'];
    const failed = await sluice(['run', await keep('run.sluice.md', text(10)), ...args]);
    const blocked = JSON.parse(failed.stdout);
    expect([failed.code, blocked.passed, blocked.module, blocked.checks[0].outcome]).toEqual([
      1,
      false,
      null,
      'fail',
    ]);
    expect(blocked.gate.findings.map((finding: { rule: string }) => finding.rule)).toEqual(['quality']);
    const passed = await sluice(['run', await keep('run.sluice.md', text(1000)), ...args]);
    const files = JSON.parse(passed.stdout).module.files.map((file: { path: string }) => file.path);
    expect([passed.code, files.includes('quality.json')]).toEqual([0, true]);
    const verified = await sluice(['verify', join(folder, 'checked/hr/people/v/1.0.0')]);
    expect(verified.code).toBe(0);
  }, 180_000);
});

describe('sluice detect and risk', () => {
  it('names sensitive columns with their evidence', async () => {
    const { code, stdout } = await sluice(['detect', USERS, '--json']);
    const document = JSON.parse(stdout);
    const found = document.columns.flatMap(
      (column: { name: string; sensitivity: string; entity: string | null }) =>
        column.sensitivity === 'direct' ? [[column.name, column.entity]] : [],
    );
    expect([code, document.file, document.rows, found]).toEqual([
      0,
      'users.csv',
      1000,
      [
        ['first_name', 'PERSON'],
        ['last_name', 'PERSON'],
        ['email', 'EMAIL_ADDRESS'],
        ['ip_address', 'IP_ADDRESS'],
        ['cc', 'CREDIT_CARD'],
        ['birthdate', 'DATE_TIME'],
      ],
    ]);
  });

  it('finds spans in UTF-16 code units', async () => {
    const { stdout } = await sluice(['detect', '--text', '😀 ada@example.com', '--json']);
    const [span] = JSON.parse(stdout).entities;
    expect([span.entity, span.start, span.end]).toEqual(['EMAIL_ADDRESS', 3, 18]);
  });

  it("measures the risk of the adult data as ARX's own tests assert it", async () => {
    const quasi = 'sex,age,race,marital-status,education,native-country,workclass,occupation,salary-class';
    const { code, stdout } = await sluice([
      'risk',
      project('tests/data/adult.csv'),
      '--quasi',
      quasi,
      '--json',
    ]);
    const { rows, classes, k, prosecutorMax, prosecutorAverage } = JSON.parse(stdout);
    expect([code, rows, classes, k, prosecutorMax, prosecutorAverage]).toEqual([
      0, 30162, 19502, 1, 1, 0.6465751607983555,
    ]);
  });

  it('ends with 2 without what it needs and with 3 without its file', async () => {
    const incomplete = await sluice(['risk', USERS, '--json']);
    expect([incomplete.code, JSON.parse(incomplete.stdout).error.code]).toEqual([2, 'usage']);
    const missing = await sluice(['detect', join(folder, 'none.csv'), '--json']);
    expect([missing.code, JSON.parse(missing.stdout).error.code]).toEqual([3, 'source-missing']);
  });
});

describe('sluice run and verify', () => {
  it('publishes what passes, finds it valid, and finds a changed byte', async () => {
    const path = await keep('passes.sluice.md', notebook('counted'));
    const out = join(folder, 'modules');
    const ran = await sluice(['run', path, '--source', `users=${USERS}`, '--publish', out, '--json']);
    const { passed, gate, module } = JSON.parse(ran.stdout);
    expect([ran.code, passed, gate.verdict, module.version]).toEqual([0, true, 'passed', '1.0.0']);
    const version = join(out, 'hr', 'people', 'v', '1.0.0');
    const verified = await sluice(['verify', version, '--json']);
    expect([verified.code, JSON.parse(verified.stdout).valid]).toEqual([0, true]);
    await appendFile(join(version, 'data', 'people.csv'), '7,7\n');
    const tampered = await sluice(['verify', version, '--json']);
    expect([tampered.code, JSON.parse(tampered.stdout).valid]).toEqual([1, false]);
  });

  it('takes values of people out of the texts of a module, and lets no name be one', async () => {
    const people = Array.from({ length: 12 }, (_, i) => `Person Number${i},${i}`);
    const source = await keep('people.csv', `full_name,score\nGrace Hopper,7\n${people.join('\n')}\n`);
    const text = notebook(
      'counted',
      'SELECT count(*) AS people FROM users WHERE score <> 99 -- as Grace Hopper asked',
    ).replace('title: Test', 'title: What Grace Hopper wanted');
    const out = join(folder, 'named');
    const path = await keep('named.sluice.md', text);
    const ran = await sluice(['run', path, '--source', `users=${source}`, '--publish', out, '--json']);
    const { gate } = JSON.parse(ran.stdout);
    const told = gate.findings.filter((each: { rule: string }) => each.rule === 'metadata');
    expect([
      ran.code,
      told.length > 1,
      told.every((each: { severity: string }) => each.severity === 'warn'),
    ]).toEqual([0, true, true]);
    const version = join(out, 'hr', 'people', 'v', '1.0.0');
    for (const file of await readdir(version, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      expect(await readFile(join(file.parentPath, file.name), 'latin1')).not.toMatch(/hopper/i);
    }
    const named = await keep('badname.sluice.md', text.replace('module: people', 'module: grace_hopper'));
    const blocked = await sluice(['run', named, '--source', `users=${source}`, '--json']);
    expect([blocked.code, JSON.parse(blocked.stdout).gate.findings]).toMatchObject([
      1,
      expect.arrayContaining([
        expect.objectContaining({
          rule: 'metadata',
          severity: 'block',
          message: expect.stringContaining('the module'),
        }),
      ]),
    ]);
    expect(blocked.stdout).not.toMatch(/hopper/i);
  });

  it('ends with 1 where the gate says no, and writes nothing', async () => {
    const path = await keep('raw.sluice.md', notebook('users'));
    const out = join(folder, 'nothing');
    const ran = await sluice(['run', path, '--source', `users=${USERS}`, '--publish', out, '--json']);
    const { passed, gate, module } = JSON.parse(ran.stdout);
    expect([ran.code, passed, gate.verdict, module]).toEqual([1, false, 'blocked', null]);
    const email = gate.findings.find(
      (finding: { column: string; rule: string }) => finding.column === 'email' && finding.rule === 'lineage',
    );
    expect(email.path).toBe('users.email → module.email');
    await expect(readFile(join(out, 'hr', 'people', 'index.json'))).rejects.toThrow();
  });

  it('ends with 3 where a source is missing or of another schema', async () => {
    const path = await keep(
      'unbound.sluice.md',
      notebook('counted').replace('file: users.csv', 'file: absent.csv'),
    );
    expect((await sluice(['run', path])).code).toBe(3);
    const typed = notebook('counted').replace(
      '{ format: csv }',
      '{ format: csv, types: { country: VARCHAR, absent: VARCHAR } }',
    );
    const other = await sluice([
      'run',
      await keep('typed.sluice.md', typed),
      '--source',
      `users=${MPG}`,
      '--json',
    ]);
    expect([other.code, JSON.parse(other.stdout).error.code.split('-')[0]]).toEqual([
      3,
      expect.stringMatching(/source|import/),
    ]);
  });

  it('ends with 4 where the destination cannot be written', async () => {
    const path = await keep('blocked.sluice.md', notebook('counted'));
    const file = await keep('a-file', 'not a folder');
    const ran = await sluice(['run', path, '--source', `users=${USERS}`, '--publish', file, '--json']);
    expect([ran.code, JSON.parse(ran.stdout).error.code.split('-')[0]]).toEqual([4, 'destination']);
  });

  it('hashes with a wrapped key, and refuses a wrong passphrase', async () => {
    const key = await keep('key.jwe', unwrap(await wrapKey(createProjectKey(platformEffects), PASSPHRASE)));
    const sql = "SELECT hmac_sha256('ada@example.com') AS token FROM mpg LIMIT 1";
    const hash = () =>
      sluice(['query', MPG, sql, '--key-file', key, '--json'], { SLUICE_KEY_PASSPHRASE: PASSPHRASE });
    const [first, second] = [await hash(), await hash()];
    expect(JSON.parse(first.stdout).rows[0][0]).toMatch(/^[0-9a-f]{64}$/);
    expect(second.stdout).toBe(first.stdout);
    const wrong = await sluice(['query', MPG, sql, '--key-file', key, '--json'], {
      SLUICE_KEY_PASSPHRASE: 'another passphrase',
    });
    expect([wrong.code, JSON.parse(wrong.stdout).error.code]).toEqual([2, 'key-passphrase-wrong']);
  });
});

describe('sluice init', () => {
  it('writes a notebook that can be read, and writes over nothing', async () => {
    const target = join(folder, 'new');
    const made = await sluice(['init', target, '--json']);
    const path = join(target, 'notebook.sluice.md');
    expect([made.code, JSON.parse(made.stdout)]).toEqual([0, { files: [path], isDemo: false }]);
    expect((await sluice(['run', path])).code).toBe(0);
    const again = await sluice(['init', target, '--json']);
    expect([again.code, JSON.parse(again.stdout).error.message]).toEqual([2, `${path} exists already.`]);
  }, 60_000);

  it('writes the DEMO sample, which passes the gate and is refused by every destination', async () => {
    const target = join(folder, 'demo');
    const made = await sluice(['init', target, '--sample']);
    expect([made.code, (await readdir(target)).sort()]).toEqual([
      0,
      ['customers.csv', 'customers.sluice.md', 'orders.csv'],
    ]);
    const key = await keep('demo.jwe', unwrap(await wrapKey(createProjectKey(platformEffects), PASSPHRASE)));
    const run = (...more: readonly string[]) =>
      sluice(['run', join(target, 'customers.sluice.md'), '--key-file', key, '--json', ...more], {
        SLUICE_KEY_PASSPHRASE: PASSPHRASE,
      });
    const blocksOf = ({ stdout }: Outcome) =>
      JSON.parse(stdout)
        .gate.findings.filter(({ severity }: { severity: string }) => severity === 'block')
        .map(({ rule, path }: { rule: string; path: string }) => [rule, path]);
    const judged = await run();
    expect([judged.code, JSON.parse(judged.stdout).gate.verdict, blocksOf(judged)]).toEqual([
      0,
      'passed',
      [],
    ]);
    const refused = await run('--publish', join(folder, 'out'));
    expect([refused.code, JSON.parse(refused.stdout).module, blocksOf(refused)]).toEqual([
      1,
      null,
      [
        ['demo', 'customers → module'],
        ['demo', 'orders → module'],
      ],
    ]);
  }, 240_000);
});

describe('sluice macros', () => {
  it('lists every macro with what it leaves', async () => {
    const { code, stdout } = await sluice(['macros', '--json']);
    const names = JSON.parse(stdout).macros.map((macro: { name: string }) => macro.name);
    const files = await readdir(fileURLToPath(new URL('../../sql-macros', import.meta.url)), {
      recursive: true,
    });
    const shipped = files.map((path) => basename(path)).filter((name) => /^[^_].*\.sql$/.test(name));
    expect([code, names.sort()]).toEqual([0, shipped.map((name) => basename(name, '.sql')).sort()]);
  });
});
