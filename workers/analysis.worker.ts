// Comlink door to the SQL parser, nothing else.
import { expose } from 'comlink';
import { init, parse, Dialect } from '@polyglot-sql/sdk/manual';
import { showLife } from '../src/lib/base/worker-life.ts';
import { fail, succeed, type Result } from '../src/lib/base/result.ts';
import type { ParseTree } from '../src/lib/lineage/lineage-types.ts';
import { makeParser } from './analysis/make-parser.ts';
import type { AnalysisPort } from './analysis/analysis-port.ts';

const parseSql = makeParser((sql) => parse(sql, Dialect.DuckDB));
let loading: Promise<Result<null>> | null = null;

async function load(moduleUrl: string): Promise<Result<null>> {
  try {
    await init({ wasmUrl: moduleUrl });
    return succeed(null);
  } catch {
    loading = null;
    return fail({
      code: 'parser-missing',
      message: 'The SQL parser could not be loaded.',
      hint: 'Reload the page; if it happens again, the site is not complete.',
    });
  }
}

const port: AnalysisPort = {
  open(moduleUrl) {
    loading ??= load(moduleUrl);
    return loading;
  },
  async parse(sql): Promise<Result<ParseTree>> {
    const loaded = await (loading ??
      fail({ code: 'parser-missing', message: 'The SQL parser is not open yet.' }));
    return loaded.ok ? parseSql(sql) : loaded;
  },
};

showLife(self);
expose(port);
