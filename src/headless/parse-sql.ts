// The SQL parser under Node; must not know what is done with its trees.
import * as polyglot from '@polyglot-sql/sdk';
import type { ParseSql } from '../lib/lineage/lineage-types.ts';
import { makeParser } from '../../workers/analysis/make-parser.ts';

/** Loads the parser once for the process. */
export async function createNodeParser(): Promise<ParseSql> {
  await polyglot.init();
  return makeParser((sql) => polyglot.parse(sql, polyglot.Dialect.DuckDB));
}
