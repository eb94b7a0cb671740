// Sluice's own check of a Croissant document, stricter than the official validator; must not trust any part of it.
import { CROISSANT_VERSION } from './croissant-context.ts';

export interface CroissantFinding {
  /** Where, e.g. `distribution[0].sha256`. */
  readonly where: string;
  readonly message: string;
}

type Members = Readonly<Record<string, unknown>>;

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function member(object: Members, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function missingText(object: Members, names: readonly string[], where: string): readonly CroissantFinding[] {
  return names
    .filter((name) => !isText(member(object, name)))
    .map((name) => ({ where: `${where}${name}`, message: `“${name}” is missing or empty.` }));
}

function checkTop(document: Members): readonly CroissantFinding[] {
  const findings = [...missingText(document, ['name', 'description', 'url', 'datePublished', 'version'], '')];
  if (!isMembers(member(document, '@context')))
    findings.push({ where: '@context', message: '“@context” is not an object.' });
  const type = member(document, '@type');
  if (type !== 'sc:Dataset') findings.push({ where: '@type', message: '“@type” is not sc:Dataset.' });
  if (listOf(member(document, 'license')).length === 0)
    findings.push({ where: 'license', message: '“license” is missing.' });
  if (listOf(member(document, 'creator')).length === 0)
    findings.push({ where: 'creator', message: '“creator” is missing.' });
  if (!listOf(member(document, 'dct:conformsTo')).includes(CROISSANT_VERSION)) {
    findings.push({
      where: 'dct:conformsTo',
      message: `It does not say that it conforms to ${CROISSANT_VERSION}.`,
    });
  }
  const version = member(document, 'version');
  if (isText(version) && !/^\d+\.\d+\.\d+$/.test(version)) {
    findings.push({ where: 'version', message: 'The version is not of the form MAJOR.MINOR.PATCH.' });
  }
  const date = member(document, 'datePublished');
  if (isText(date) && Number.isNaN(Date.parse(date))) {
    findings.push({ where: 'datePublished', message: 'The date of publication is not a date.' });
  }
  return findings;
}

function checkFile(file: unknown, where: string): readonly CroissantFinding[] {
  if (!isMembers(file)) return [{ where, message: 'It is not an object.' }];
  const findings = [...missingText(file, ['@id', 'name', 'contentUrl', 'contentSize'], `${where}.`)];
  if (member(file, '@type') !== 'cr:FileObject')
    findings.push({ where: `${where}.@type`, message: 'It is not a cr:FileObject.' });
  const digest = member(file, 'sha256');
  if (typeof digest !== 'string' || !/^[0-9a-f]{64}$/.test(digest)) {
    findings.push({ where: `${where}.sha256`, message: 'The SHA-256 is missing or malformed.' });
  }
  if (listOf(member(file, 'encodingFormat')).length === 0) {
    findings.push({ where: `${where}.encodingFormat`, message: 'The encoding format is missing.' });
  }
  return findings;
}

function idOf(value: unknown): string | null {
  const id = isMembers(value) ? member(value, '@id') : undefined;
  return isText(id) ? id : null;
}

function checkField(
  field: unknown,
  where: string,
  fileIds: ReadonlySet<string>,
): readonly CroissantFinding[] {
  if (!isMembers(field)) return [{ where, message: 'It is not an object.' }];
  const findings = [...missingText(field, ['@id', 'description'], `${where}.`)];
  if (typeof member(field, 'name') !== 'string')
    findings.push({ where: `${where}.name`, message: '“name” is missing.' });
  if (listOf(member(field, 'dataType')).length === 0)
    findings.push({ where: `${where}.dataType`, message: 'The data type is missing.' });
  const source = member(field, 'source');
  const file = isMembers(source) ? idOf(member(source, 'fileObject')) : null;
  const extract = isMembers(source) ? member(source, 'extract') : undefined;
  if (file === null || !fileIds.has(file)) {
    findings.push({ where: `${where}.source`, message: 'Its source is not a file of the distribution.' });
  }
  if (!isMembers(extract) || typeof member(extract, 'column') !== 'string') {
    findings.push({ where: `${where}.source.extract`, message: 'It does not say from which column it is.' });
  }
  return findings;
}

function checkRecordSet(
  set: unknown,
  where: string,
  fileIds: ReadonlySet<string>,
): readonly CroissantFinding[] {
  if (!isMembers(set)) return [{ where, message: 'It is not an object.' }];
  const fields = listOf(member(set, 'field'));
  const findings = [...missingText(set, ['@id', 'name'], `${where}.`)];
  if (fields.length === 0) findings.push({ where: `${where}.field`, message: 'It has no fields.' });
  for (const [i, field] of fields.entries())
    findings.push(...checkField(field, `${where}.field[${i}]`, fileIds));
  const ids = fields.map(idOf);
  if (new Set(ids).size !== ids.length)
    findings.push({ where: `${where}.field`, message: 'Two fields have the same @id.' });
  for (const key of listOf(member(set, 'key'))) {
    if (!ids.includes(idOf(key)))
      findings.push({ where: `${where}.key`, message: 'The key names a field that does not exist.' });
  }
  return findings;
}

/**
 * Everything required that is missing, malformed or points nowhere; empty where the document is fit.
 * Stricter than the official validator, which also accepts a missing name, url or description and dangling keys.
 */
export function checkCroissant(document: unknown): readonly CroissantFinding[] {
  if (!isMembers(document)) return [{ where: '', message: 'The document is not a JSON object.' }];
  const files = listOf(member(document, 'distribution'));
  const sets = listOf(member(document, 'recordSet'));
  const fileIds = new Set(files.map(idOf).filter((id) => id !== null));
  const findings = [...checkTop(document)];
  if (files.length === 0) findings.push({ where: 'distribution', message: 'It names no files.' });
  if (sets.length === 0) findings.push({ where: 'recordSet', message: 'It describes no records.' });
  for (const [i, file] of files.entries()) findings.push(...checkFile(file, `distribution[${i}]`));
  for (const [i, set] of sets.entries()) findings.push(...checkRecordSet(set, `recordSet[${i}]`, fileIds));
  if (fileIds.size !== files.length)
    findings.push({ where: 'distribution', message: 'Two files have the same @id.' });
  return findings;
}
