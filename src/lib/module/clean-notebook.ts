// The notebook as a module may carry it: without sensitive texts or file names; must not know what is sensitive.
import { fail, succeed } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { cleanSpec } from '../metadata/clean-spec.ts';
import type { RedactionLog } from '../metadata/redaction-log.ts';
import { formNotebook, parseNotebook } from '../notebook/text-parse.ts';

/**
 * The very text where nothing had to change; else the notebook in Sluice's own form, without the comments of its
 * front matter, with `[REDACTED]` in place of values and each source's file called after the source. Namespaces, modules
 * and creators stay. Fails with `module-notebook` where it could not be read any more.
 */
export function cleanNotebook(text: string, log: RedactionLog): Result<string> {
  const parsed = parseNotebook(text);
  if (!parsed.ok) return parsed;
  const { written: _written, ...spec } = parsed.value;
  const clean = cleanSpec(spec, log);
  if (formNotebook(clean) === formNotebook(spec) && !log.finds(text)) return succeed(text);
  const formed = formNotebook(clean);
  if (parseNotebook(formed).ok) return succeed(formed);
  return fail({
    code: 'module-notebook',
    message: 'The notebook cannot be read any more once sensitive values are taken out of it.',
    hint: 'Take them out of names and info strings of its cells, and publish again.',
  });
}
