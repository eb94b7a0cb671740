// The `sluice` command line: names, options, help; each command lives in its own file.
import { Command, CommanderError } from 'commander';
import { APP_VERSION } from './app-version.ts';
import { reportFailure, reportOutcome, wrongUse, type CommandOutcome } from './command-outcome.ts';
import type { ProfileOptions } from './commands/profile.ts';
import type { ObjectStoreOptions } from './object-store.ts';

interface JsonOption {
  readonly json?: boolean;
}

/** Runs a command to its outcome, prints it, and sets the exit code. */
async function conclude(
  options: JsonOption,
  work: () => Promise<CommandOutcome> | CommandOutcome,
): Promise<void> {
  const asJson = options.json ?? false;
  try {
    process.exitCode = reportOutcome(await work(), asJson);
  } catch (error) {
    process.exitCode = reportFailure(error, asJson);
  }
}

type Pairs = Readonly<Record<string, string>>;

function addPair(text: string, pairs: Pairs, what: string, example: string): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw wrongUse(`"${text}" is not of the form ${what}.`, `Write for example ${example}.`);
  return { ...pairs, [text.slice(0, at)]: text.slice(at + 1) };
}

const collectPairs = (text: string, pairs: Pairs) =>
  addPair(text, pairs, 'name=path', '--source users=users.csv');

const collectParams = (text: string, pairs: Pairs) =>
  addPair(text, pairs, 'name=value', '--param since=2016-01-31');

const list = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const ENDPOINT_OPTION = [
  '--endpoint <url>',
  'address of the object store (else AWS_ENDPOINT_URL, else AWS)',
] as const;
const REGION_OPTION = [
  '--region <name>',
  'region of the bucket (else AWS_REGION, else the profile)',
] as const;
const PATH_STYLE_OPTION = ['--path-style', 'bucket in the path instead of the host name'] as const;

function addRun(program: Command): void {
  program
    .command('run')
    .description('bind, run, judge and publish a notebook')
    .argument('<notebook>', 'a .sluice.md file')
    .option('--source <name=path>', 'bind a source to a file (repeat for more)', collectPairs, {})
    .option('--param <name=value>', 'give an input a value (repeat for more)', collectParams, {})
    .option(
      '--publish <destination>',
      'a folder, a .zip file or s3://bucket/prefix; without it nothing is written',
    )
    .option('--version-bump <part>', 'raise the next version: major, minor or patch')
    .option('--key-file <file>', 'wrapped project key; passphrase in SLUICE_KEY_PASSPHRASE')
    .option('--actor <name>', 'who runs it, as it stands in the step log', 'command')
    .option(...ENDPOINT_OPTION)
    .option(...REGION_OPTION)
    .option(...PATH_STYLE_OPTION)
    .option('--json', 'print one JSON document')
    .action((notebook: string, options) =>
      conclude(options, async () => (await import('./commands/run.ts')).runNotebookFile(notebook, options)),
    );
}

function addCheck(program: Command): void {
  program
    .command('check')
    .description('run the quality checks of a notebook')
    .argument('<notebook>', 'a .sluice.md file')
    .option('--source <name=path>', 'bind a source to a file (repeat for more)', collectPairs, {})
    .option('--param <name=value>', 'give an input a value (repeat for more)', collectParams, {})
    .option('--key-file <file>', 'wrapped project key; passphrase in SLUICE_KEY_PASSPHRASE')
    .option('--junit <file>', 'write the outcomes as JUnit XML')
    .option('--json', 'print one JSON document')
    .action((notebook: string, options) =>
      conclude(options, async () =>
        (await import('./commands/check.ts')).checkNotebookFile(notebook, options),
      ),
    );
}

function addQuery(program: Command): void {
  program
    .command('query')
    .description('SQL with the macro library; each file is a table named after its stem')
    .argument('<arguments...>', 'files, then the SQL')
    .option('--key-file <file>', 'wrapped project key; passphrase in SLUICE_KEY_PASSPHRASE')
    .option('--json', 'print one JSON document')
    .action((words: readonly string[], options) =>
      conclude(options, async () =>
        (await import('./commands/query.ts')).runQuery(words.slice(0, -1), words.at(-1) ?? '', options),
      ),
    );
}

function addDetect(program: Command): void {
  program
    .command('detect')
    .description('sensitive columns of a file, or sensitive spans of a text')
    .argument('[file]')
    .option('--text <text>', 'a text instead of a file')
    .option('--json', 'print one JSON document')
    .action((file: string | undefined, options: JsonOption & { readonly text?: string }) =>
      conclude(options, async () => {
        const { detectInFile, detectInText } = await import('./commands/detect.ts');
        if (options.text !== undefined) return detectInText(options.text);
        if (file === undefined) throw wrongUse('Nothing to look at.', 'Name a file, or give --text.');
        return detectInFile(file);
      }),
    );
}

function addRisk(program: Command): void {
  program
    .command('risk')
    .description('disclosure risk of a file')
    .argument('<file>')
    .requiredOption('--quasi <columns>', 'quasi-identifiers, separated by commas', list)
    .option('--sensitive <column>', 'column for l-diversity')
    .option('--json', 'print one JSON document')
    .action(
      (
        file: string,
        options: JsonOption & { readonly quasi: readonly string[]; readonly sensitive?: string },
      ) =>
        conclude(options, async () =>
          (await import('./commands/risk.ts')).measureFileRisk(file, options.quasi, options.sensitive),
        ),
    );
}

function addProfile(program: Command): void {
  program
    .command('profile')
    .description('what every column of a file holds')
    .argument('<file>')
    .option('--columns <columns>', 'only these, separated by commas', list)
    .option('--exact', 'no estimates and no sample, however many rows')
    .option('--json', 'print one JSON document')
    .action((file: string, options: JsonOption & ProfileOptions) =>
      conclude(options, async () => (await import('./commands/profile.ts')).profileFile(file, options)),
    );
}

function addVerify(program: Command): void {
  program
    .command('verify')
    .description('verify a published module')
    .argument('<module>', 'folder of a version, a .zip file, or s3://bucket/prefix/namespace/module/v/1.0.0')
    .option(...ENDPOINT_OPTION)
    .option(...REGION_OPTION)
    .option(...PATH_STYLE_OPTION)
    .option('--json', 'print one JSON document')
    .action((path: string, options: JsonOption & ObjectStoreOptions) =>
      conclude(options, async () => (await import('./commands/verify.ts')).verifyModuleAt(path, options)),
    );
}

function addMacros(program: Command): void {
  program
    .command('macros')
    .description('the macro library')
    .argument('[name]')
    .option('--json', 'print one JSON document')
    .action((name: string | undefined, options: JsonOption) =>
      conclude(options, async () => (await import('./commands/macros.ts')).listMacros(name)),
    );
}

function addInit(program: Command): void {
  program
    .command('init')
    .description('a new notebook, or the DEMO sample with its files')
    .argument('[folder]', 'where to write it', '.')
    .option('--sample', 'invented customers and orders, with a notebook over them')
    .option('--json', 'print one JSON document')
    .action((folder: string, options: JsonOption & { readonly sample?: boolean }) =>
      conclude(options, async () => (await import('./commands/init.ts')).initNotebook(folder, options)),
    );
}

/** Commander has said it on stderr; a reader of JSON gets its document as well. */
function reportUsage(error: CommanderError): 0 | 2 {
  if (error.exitCode === 0) return 0;
  const message = error.message.replace(/^error: /, '');
  const document = { error: { code: 'usage', message, hint: 'sluice --help lists commands and options.' } };
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  return 2;
}

const program = new Command('sluice')
  .description('Cleanse, test and anonymize private data on this machine; only gated modules leave.')
  .version(APP_VERSION)
  .showHelpAfterError('(sluice --help lists the commands)')
  .exitOverride();
const COMMANDS = [addRun, addCheck, addQuery, addDetect, addProfile, addRisk, addVerify, addMacros, addInit];
for (const add of COMMANDS) add(program);
for (const command of program.commands) command.exitOverride();

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = reportUsage(error);
  else process.exitCode = reportFailure(error, process.argv.includes('--json'));
}
