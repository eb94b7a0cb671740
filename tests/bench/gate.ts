// `npm run bench:gate`: what the gate does with every way to smuggle something out and with every honest notebook.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ADVERSARY, HONEST } from '../gate/cases.ts';
import { judgeCase } from '../gate/gate-case.ts';
import { adversaryFault, honestFault } from '../gate/outcomes.ts';

interface Line {
  readonly name: string;
  readonly wanted: string;
  readonly fault: string | null;
}

const PAGE = fileURLToPath(new URL('../../docs/gate-cases.md', import.meta.url));

function cellText(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function tableOf(lines: readonly Line[], head: readonly [string, string, string]): string {
  const rows = lines.map(
    ({ name, wanted, fault }) =>
      `| ${cellText(name)} | ${wanted} | ${fault === null ? 'yes' : `**no**: ${cellText(fault)}`} |`,
  );
  return [`| ${head.join(' | ')} |`, '| --- | --- | --- |', ...rows].join('\n');
}

function countOf(lines: readonly Line[]): string {
  return `${lines.filter(({ fault }) => fault === null).length} of ${lines.length}`;
}

const smuggled: Line[] = [];
for (const each of ADVERSARY.cases) {
  const wanted = each.refused === undefined ? (each.rule ?? 'kept out') : 'refused';
  const fault = adversaryFault(each, await judgeCase(ADVERSARY, each));
  smuggled.push({ name: each.way, wanted, fault });
  console.log(`${fault === null ? '✓' : '✗'} ${each.way}: ${fault ?? wanted}`);
}
const honest: Line[] = [];
for (const each of HONEST.cases) {
  const fault = honestFault(await judgeCase(HONEST, each));
  honest.push({ name: each.work, wanted: 'pass', fault });
  console.log(`${fault === null ? '✓' : '✗'} ${each.work}${fault === null ? '' : `: ${fault}`}`);
}

const page = `# The gate's cases

Made by \`npm run bench:gate\` from [adversary.yaml](../tests/gate/adversary.yaml) and [honest.yaml](../tests/gate/honest.yaml), which say what each notebook holds. Every case goes the whole way that a publication goes: files read, notebook replayed, bytes written and judged.

## Ways to smuggle something out

${countOf(smuggled)} are stopped by the rule that is there for it. A case that only another rule stops counts as a failure: that would be luck.

${tableOf(smuggled, ['way', 'stopped by', 'so it is'])}

## Honest notebooks

${countOf(honest)} pass as they are.

${tableOf(honest, ['work', 'wanted', 'so it is'])}
`;
writeFileSync(PAGE, page);
console.log(
  `\nStopped as wanted: ${countOf(smuggled)}. Honest notebooks that pass: ${countOf(honest)}. Written: docs/gate-cases.md`,
);
