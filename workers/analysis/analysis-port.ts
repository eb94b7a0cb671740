// What the page may ask of the analysis worker; types only.
import type { Result } from '../../src/lib/base/result.ts';
import type { ParseTree } from '../../src/lib/lineage/lineage-types.ts';

export interface AnalysisPort {
  /** Loads the parser from a URL resolved on the page (`?url` assets of a worker are missing from the precache). */
  open(moduleUrl: string): Promise<Result<null>>;
  /** Problems: `parser-missing`, and those of `make-parser.ts`. */
  parse(sql: string): Promise<Result<ParseTree>>;
}
