// A module's data set as a Croissant 1.1 document; must not know how the module is built or stored.
import type { DataFormat } from '../notebook/notebook-types.ts';
import { columnSentence } from './column-words.ts';
import { CROISSANT_CONTEXT, CROISSANT_RAI_VERSION, CROISSANT_VERSION } from './croissant-context.ts';
import type { ColumnDescription, DataFileDescription, DatasetDescription } from './dataset-description.ts';
import { datasetUrn } from './dataset-description.ts';

export type CroissantDocument = Readonly<Record<string, unknown>>;

/** `@id` of the one record set. */
const RECORD_SET_ID = 'records';

const NO_LICENSE = 'None stated; all rights reserved';

/** Parquet's registered type and the one that tools still expect. */
const ENCODING_FORMATS: Readonly<Record<DataFormat, string | readonly string[]>> = {
  parquet: ['application/vnd.apache.parquet', 'application/x-parquet'],
  csv: 'text/csv',
  json: 'application/json',
};

const DATA_TYPES: Readonly<Record<string, string>> = {
  BOOLEAN: 'sc:Boolean',
  TINYINT: 'sc:Integer',
  SMALLINT: 'sc:Integer',
  INTEGER: 'sc:Integer',
  BIGINT: 'sc:Integer',
  UTINYINT: 'sc:Integer',
  USMALLINT: 'sc:Integer',
  UINTEGER: 'sc:Integer',
  UBIGINT: 'sc:Integer',
  FLOAT: 'sc:Float',
  DOUBLE: 'sc:Float',
  DATE: 'sc:Date',
  TIME: 'sc:Time',
  TIMESTAMP: 'sc:DateTime',
};

/** Croissant data type of an engine type; text for what Croissant has no type for (MAP, STRUCT, BLOB). */
export function croissantDataType(engineType: string): string {
  const decimal = /^DECIMAL\(\d+, ?(\d+)\)$/.exec(engineType);
  if (decimal !== null) return decimal[1] === '0' ? 'sc:Integer' : 'sc:Float';
  return Object.hasOwn(DATA_TYPES, engineType) ? (DATA_TYPES[engineType] ?? 'sc:Text') : 'sc:Text';
}

function arrayMembers(engineType: string): {
  readonly element: string;
  readonly members: Readonly<Record<string, unknown>>;
} {
  const brackets = /(?:\[\])+$/.exec(engineType)?.[0] ?? '';
  const dimensions = brackets.length / 2;
  const element = engineType.slice(0, engineType.length - brackets.length);
  if (dimensions === 0) return { element, members: {} };
  return {
    element,
    members: { isArray: true, arrayShape: Array.from({ length: dimensions }, () => '-1').join(',') },
  };
}

function fileObject(file: DataFileDescription): unknown {
  return {
    '@type': 'cr:FileObject',
    '@id': file.path,
    name: file.path.slice(file.path.lastIndexOf('/') + 1),
    description: `${file.rowCount} rows as ${file.format === 'parquet' ? 'Apache Parquet' : file.format.toUpperCase()}.`,
    contentUrl: file.path,
    contentSize: `${file.sizeBytes} B`,
    encodingFormat: ENCODING_FORMATS[file.format],
    sha256: file.sha256,
  };
}

function fieldObject(column: ColumnDescription, file: DataFileDescription | undefined): unknown {
  const { element, members } = arrayMembers(column.type);
  return {
    '@type': 'cr:Field',
    '@id': `${RECORD_SET_ID}/${encodeURIComponent(column.name.toWellFormed())}`,
    name: column.name,
    description: columnSentence(column),
    dataType: croissantDataType(element),
    ...members,
    source: { fileObject: { '@id': file?.path ?? '' }, extract: { column: column.name } },
  };
}

/** SPDX identifiers as their page; anything else as it was written. */
function licenseValue(license: string | null): string {
  if (license === null || license.trim() === '') return NO_LICENSE;
  return /^[A-Za-z0-9][A-Za-z0-9.+-]*$/.test(license) ? `https://spdx.org/licenses/${license}.html` : license;
}

/** Croissant RAI 1.0, https://docs.mlcommons.org/croissant/docs/croissant-rai-spec.html */
function responsibleUse(dataset: DatasetDescription): Readonly<Record<string, unknown>> {
  const treated = dataset.columns
    .filter((column) => column.treatments.length > 0)
    .map((column) => `${column.name}: ${columnSentence(column)}`);
  const imputed = dataset.columns
    .filter((column) => column.imputations.length > 0)
    .map((column) => `${column.name}: ${column.imputations.join(', ')}`);
  return {
    'rai:personalSensitiveInformation': [`Status: ${dataset.privacy.status}.`, ...dataset.privacy.reasons],
    ...(treated.length > 0 ? { 'rai:dataManipulationProtocol': treated.join(' ') } : {}),
    ...(imputed.length > 0
      ? { 'rai:dataImputationProtocol': `Missing values were filled: ${imputed.join('; ')}.` }
      : {}),
  };
}

/** PROV-O: sources by digest and column names only. */
function provenance(dataset: DatasetDescription): Readonly<Record<string, unknown>> {
  return {
    'prov:wasDerivedFrom': dataset.sources.map((source) => ({
      '@id': `urn:sha256:${source.sha256}`,
      '@type': 'prov:Entity',
      'prov:label': `Columns: ${source.columns.join(', ')}`,
    })),
    'prov:wasGeneratedBy': dataset.activities.map((activity, i) => ({
      '@id': `#step-${i + 1}`,
      '@type': 'prov:Activity',
      'prov:label': activity.label,
      'prov:startedAtTime': activity.startedAt,
      'prov:endedAtTime': activity.endedAt,
    })),
  };
}

function recordSet(dataset: DatasetDescription): unknown {
  const order = dataset.order.length === 0 ? 'all columns, left to right' : dataset.order.join(', ');
  return {
    '@type': 'cr:RecordSet',
    '@id': RECORD_SET_ID,
    name: RECORD_SET_ID,
    description: `Rows ordered by ${order}, then by the remaining columns; NULLs last.`,
    field: dataset.columns.map((column) => fieldObject(column, dataset.files[0])),
  };
}

/** `croissant.json`: every member the specification requires, and Sluice's own check passes on it. */
export function buildCroissant(dataset: DatasetDescription): CroissantDocument {
  const previous = dataset.previousVersion;
  const mark = dataset.isDemo ? 'DEMO: ' : '';
  return {
    '@context': CROISSANT_CONTEXT,
    '@type': 'sc:Dataset',
    '@id': datasetUrn(dataset, dataset.version),
    'dct:conformsTo': [CROISSANT_VERSION, CROISSANT_RAI_VERSION],
    name: dataset.module,
    alternateName: `${mark}${dataset.title}`,
    description: `${mark}${dataset.description}`,
    license: licenseValue(dataset.license),
    url: datasetUrn(dataset, dataset.version),
    creator: { '@type': 'sc:Organization', name: dataset.creator ?? dataset.namespace },
    datePublished: dataset.publishedAt,
    version: dataset.version,
    'dcat:version': dataset.version,
    ...(previous === null ? {} : { 'dcat:previousVersion': { '@id': datasetUrn(dataset, previous) } }),
    keywords: dataset.isDemo ? ['DEMO', ...dataset.keywords] : dataset.keywords,
    isLiveDataset: false,
    distribution: dataset.files.map(fileObject),
    recordSet: [recordSet(dataset)],
    ...responsibleUse(dataset),
    ...provenance(dataset),
  };
}
