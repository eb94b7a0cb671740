// `node tests/gate/try.ts honest|adversary [text]`: what the gate says of the cases whose name holds the text.
import { ADVERSARY, HONEST } from './cases.ts';
import { judgeCase } from './gate-case.ts';

const [which = 'honest', wanted = ''] = process.argv.slice(2);
const setting = which === 'honest' ? HONEST : ADVERSARY;
for (const each of setting.cases) {
  const name = 'work' in each ? each.work : each.way;
  if (!name.includes(wanted)) continue;
  const { refused, blocks } = await judgeCase(setting, each);
  console.log(`${refused || blocks.length > 0 ? '✗' : '✓'} ${name}`);
  if (refused) console.log(`    refused ${refused.code}: ${refused.message} ${refused.hint ?? ''}`);
  for (const { rule, column, message } of blocks) console.log(`    ${rule} ${column ?? ''}: ${message}`);
}
