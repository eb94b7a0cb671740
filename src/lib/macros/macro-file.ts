// One file of `sql-macros/` as a macro definition; must not know the other macros or any engine.
import { fail, succeed, type Result } from '../base/result.ts';
import { SENSITIVITY_ORDER, type Sensitivity } from '../base/sensitivity-level.ts';
import { parseHeader, type MacroHeader } from './macro-header.ts';
import { parseStatement, type MacroStatement } from './macro-statement.ts';
import type { MacroDefinition, MacroParameter, Sanitizer } from './macro-types.ts';

const REQUIRED = ['purpose', 'arguments', 'null', 'example', 'result', 'version', 'window'] as const;
const SANITIZER_FIELDS = ['sensitivity', 'shows', 'shows-characters', 'produces'] as const;
/** Semantic Versioning 2.0.0 without pre-release and build, which a shipped macro does not have. */
const SEMVER = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

export function macroProblem(path: string, reason: string) {
  return {
    code: 'macro-file',
    message: `The macro file ${path} cannot be used: ${reason}.`,
    hint: 'Compare it with the rules in sql-macros/README.md.',
  };
}

function readPath(path: string): { readonly topic: string; readonly stem: string } | null {
  const match = /(?:^|[/\\])([a-z][a-z0-9-]*)[/\\]([a-z_][a-z0-9_]*)\.sql$/.exec(path);
  return match ? { topic: match[1] ?? '', stem: match[2] ?? '' } : null;
}

function readCount(text: string): number | null | undefined {
  if (text === 'unbounded') return null;
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function isSensitivity(text: string): text is Sensitivity {
  return SENSITIVITY_ORDER.some((level) => level === text);
}

function readSanitizer(header: MacroHeader): Result<Sanitizer | null, string> {
  const given = SANITIZER_FIELDS.filter((field) => header.fields.get(field));
  if (given.length === 0) return succeed(null);
  const missing = SANITIZER_FIELDS.filter((field) => !given.includes(field));
  if (missing.length > 0)
    return fail(`a sanitizer also needs the header ${missing.map((field) => `"${field}"`).join(', ')}`);
  const [residual = '', shows = '', characters = '', produces = ''] = SANITIZER_FIELDS.map((field) =>
    header.fields.get(field),
  );
  if (!isSensitivity(residual)) return fail(`"sensitivity" must be one of ${SENSITIVITY_ORDER.join(', ')}`);
  const showsCharacters = readCount(characters);
  if (showsCharacters === undefined) return fail('"shows-characters" must be a number or "unbounded"');
  if (produces !== 'none' && !/^[A-Z][A-Z0-9_]*$/.test(produces))
    return fail('"produces" must be an entity such as EMAIL_ADDRESS, or "none"');
  return succeed({ residual, shows, showsCharacters, produces: produces === 'none' ? null : produces });
}

function readParameters(
  header: MacroHeader,
  statement: MacroStatement,
): Result<readonly MacroParameter[], string> {
  const described = [...header.arguments.keys()].join(', ');
  const declared = statement.parameters.map((parameter) => parameter.name).join(', ');
  if (described !== declared)
    return fail(`the header describes the arguments (${described}), the statement declares (${declared})`);
  return succeed(
    statement.parameters.map((parameter) => ({
      name: parameter.name,
      default: parameter.default,
      description: header.arguments.get(parameter.name) ?? '',
    })),
  );
}

function writeSignature(name: string, parameters: readonly MacroParameter[]): string {
  const list = parameters.map((parameter) =>
    parameter.default === null ? parameter.name : `${parameter.name} := ${parameter.default}`,
  );
  return `${name}(${list.join(', ')})`;
}

function findFault(header: MacroHeader, name: string, stem: string, signature: string): string | null {
  const missing = REQUIRED.filter((field) =>
    field === 'arguments' ? !header.fields.has(field) : !header.fields.get(field),
  );
  if (missing.length > 0) return `the header lacks ${missing.map((field) => `"${field}"`).join(', ')}`;
  if (name !== stem) return `it creates ${name}, but a file holds the macro it is named after`;
  if (header.title !== signature) return `its first line says "${header.title}", but it creates ${signature}`;
  if (!SEMVER.test(header.fields.get('version') ?? ''))
    return `"version" must be three numbers such as 1.0.0, not "${header.fields.get('version')}"`;
  if (!['yes', 'no'].includes(header.fields.get('window') ?? '')) return '"window" must be yes or no';
  return null;
}

function defineMacro(
  path: { readonly topic: string; readonly stem: string },
  header: MacroHeader,
): Result<MacroDefinition, string> {
  const statement = parseStatement(header.body);
  if (!statement.ok) return statement;
  const parameters = readParameters(header, statement.value);
  if (!parameters.ok) return parameters;
  const { name } = statement.value;
  const signature = writeSignature(name, parameters.value);
  const fault = findFault(header, name, path.stem, signature);
  if (fault !== null) return fail(fault);
  const sanitizer = readSanitizer(header);
  if (!sanitizer.ok) return sanitizer;
  const isPrivate = name.startsWith('_');
  if (isPrivate && sanitizer.value)
    return fail('a private macro cannot be a sanitizer, since no cell calls it');
  const field = (key: string) => header.fields.get(key) ?? '';
  const notes = field('notes');
  return succeed({
    name,
    topic: path.topic,
    version: field('version'),
    parameters: parameters.value,
    signature,
    purpose: field('purpose'),
    nullBehaviour: field('null'),
    example: { sql: field('example'), result: field('result') },
    ...(notes === '' ? {} : { notes }),
    sanitizer: sanitizer.value,
    isWindow: field('window') === 'yes',
    isPrivate,
    script: header.body,
  });
}

/**
 * @param path `<topic>/<macro>.sql`, with any folders before it.
 * @returns `macro-file`, which names the file and what is wrong with it.
 */
export function parseMacroFile(path: string, text: string): Result<MacroDefinition> {
  const place = readPath(path);
  if (!place) return fail(macroProblem(path, 'its path must end in <topic>/<macro>.sql, in lower case'));
  const header = parseHeader(text);
  if (!header.ok) return fail(macroProblem(path, header.error));
  const macro = defineMacro(place, header.value);
  return macro.ok ? macro : fail(macroProblem(path, macro.error));
}
