// The reference page of the macro library, as Markdown; must not know files or the engine.
import type { MacroDefinition, MacroRegistry } from './macro-types.ts';

const PREFACE = `# Macros

Every step of Sluice is a call of one of these SQL macros, so the step log can be read and run as SQL. They are called by
name in a SQL cell (\`SELECT mask_phone(phone) FROM users\`), live in the schema \`sluice\`, and run unchanged in DuckDB
itself. A *sanitizer* lowers the sensitivity of a column: the gate trusts it to leave what is stated here and no more.

This page is made from the headers in \`sql-macros/\`; change those and run \`node scripts/build-macro-docs.ts\`.
`;

const RESIDUE: Readonly<Record<string, string>> = {
  none: 'nothing of the value itself',
  quasi: 'what identifies only in combination with other columns',
  direct: 'what still identifies a person',
  secret: 'what is still a credential',
};

/** As a table cell: no line break, no bar that would end it. */
function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function fence(text: string): string {
  return '```sql\n' + text + '\n```';
}

function describeSanitizer(macro: MacroDefinition): readonly string[] {
  const { sanitizer } = macro;
  if (!sanitizer) return ['- **Sanitizer**: no; the result is as sensitive as the argument.'];
  const { residual, shows, showsCharacters, produces } = sanitizer;
  const limit = showsCharacters === null ? '' : ` (${showsCharacters} characters at most)`;
  return [
    `- **Sanitizer**: leaves \`${residual}\`, ${RESIDUE[residual]}.`,
    `- **Shows**: ${shows}${limit}.`,
    ...(produces === null ? [] : [`- **Looks like**: \`${produces}\`.`]),
  ];
}

function describeMacro(macro: MacroDefinition): string {
  const parameters = macro.parameters.map((parameter) => `- \`${parameter.name}\`: ${parameter.description}`);
  const facts = [
    `- **NULL**: ${macro.nullBehaviour}`,
    ...describeSanitizer(macro),
    ...(macro.isWindow ? ['- **Window**: looks at all rows of the query.'] : []),
    `- **Version**: ${macro.version}`,
  ];
  const example = `${macro.example.sql}\n-- ${macro.example.result}`;
  const parts = [
    `### \`${macro.signature}\``,
    macro.purpose,
    parameters.join('\n'),
    facts.join('\n'),
    fence(example),
    macro.notes,
  ];
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}

function writeIndex(macros: readonly MacroDefinition[]): string {
  const rows = macros.map((macro) => {
    const anchor = macro.signature
      .toLowerCase()
      .replace(/[^a-z0-9_ -]/g, '')
      .replaceAll(' ', '-');
    const leaves = macro.sanitizer ? `\`${macro.sanitizer.residual}\`` : 'as it was';
    return `| [\`${macro.signature}\`](#${anchor}) | ${escapeCell(macro.purpose)} | ${leaves} |`;
  });
  return ['| macro | purpose | sensitivity left |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The whole page: an index, then topic by topic; private macros are left out. */
export function writeReference(registry: MacroRegistry): string {
  const macros = registry.macros
    .filter((macro) => !macro.isPrivate)
    .sort((a, b) => (`${a.topic}/${a.name}` < `${b.topic}/${b.name}` ? -1 : 1));
  const topics = [...new Set(macros.map((macro) => macro.topic))].map((topic) => {
    const described = macros.filter((macro) => macro.topic === topic).map(describeMacro);
    return [`## ${topic}`, ...described].join('\n\n');
  });
  return `${[PREFACE.trimEnd(), writeIndex(macros), ...topics].join('\n\n')}\n`;
}
