// `node tests/gate/try.ts honest|adversary [text]`: what the gate says of the cases whose name holds the text.
import { ADVERSARY, HONEST } from './cases.ts';
import { judgeCase } from './gate-case.ts';
import { adversaryFault, honestFault } from './outcomes.ts';

const [which = 'honest', wanted = ''] = process.argv.slice(2);
const setting = which === 'honest' ? HONEST : ADVERSARY;
for (const each of setting.cases) {
  const name = 'work' in each ? each.work : each.way;
  if (!name.includes(wanted)) continue;
  const judgement = await judgeCase(setting, each);
  const fault = 'work' in each ? honestFault(judgement) : adversaryFault(each, judgement);
  console.log(`${fault === null ? '✓' : '✗'} ${name}${fault === null ? '' : `: ${fault}`}`);
  if (wanted === '') continue;
  const { refused, findings } = judgement;
  if (refused) console.log(`    refused ${refused.code}: ${refused.message} ${refused.hint ?? ''}`);
  for (const { rule, severity, column, message } of findings)
    console.log(`    ${severity} ${rule} ${column ?? ''}: ${message}`);
}
