import * as z from 'zod/mini';
import { verdicts } from './verdict.js';
import { steps } from './work-steps.js';

/** Describes a field: `docs/report.md` is made of these texts. */
function field<T extends z.ZodMiniType>(type: T, text: string): T {
  return type.check(z.describe(text)) as T;
}

const count = z.int().check(z.minimum(0));
const verdict = z.enum(verdicts);
const path = z.string();

const place = z.strictObject({
  file: field(path, 'path below the root of the definitions'),
  line: field(count, 'from 1'),
  column: field(count, 'from 1, in UTF-16 units'),
  endLine: field(count, 'the line in which it ends'),
  endColumn: field(count, 'the column before which it ends'),
});

const tally = z.strictObject({
  total: field(count, 'elements, whatever their verdict'),
  exact: field(count, 'those with the verdict `exact`'),
  approximate: field(count, 'those with the verdict `approximate`'),
  manual: field(count, 'those with the verdict `manual`'),
  leftOut: field(count, 'those with the verdict `left-out`'),
});

const ids = z.array(count);

const chunk = z.strictObject({
  name: field(z.string(), 'as the stratum lists it'),
  place: field(place, 'its entry in the stratum'),
  file: field(z.nullable(path), 'its own file, if it has one'),
  element: field(z.nullable(path), 'the element that it becomes; null where another one stands in for it'),
  verdict: field(z.nullable(verdict), 'the verdict on that element'),
  buildDepends: field(z.array(z.string()), 'the chunks of the stratum that it is built on, by name'),
  diagnostics: field(ids, 'what concerns it, by `id`'),
});

const system = z.strictObject({
  path: field(path, 'the path of its file without the suffix'),
  name: z.string(),
  place,
  architecture: field(z.string(), 'as Baserock names it'),
  element: field(path, 'the element that it becomes'),
  verdict: field(verdict, 'the worst verdict of all that it is made of and built with'),
  elements: field(tally, 'the elements that it is made of and built with, its own among them'),
  strata: field(z.array(path), 'the strata that it lists'),
  builds: field(z.array(path), 'these and all strata that they are built on, in build order'),
  work: field(ids, 'what a person has to do for it, by `id`, in order'),
  notes: field(ids, 'what else concerns it'),
});

const stratum = z.strictObject({
  path: field(path, 'the path of its file without the suffix'),
  name: z.string(),
  place,
  element: field(path, 'the element that it becomes, or that stands in for it'),
  isReplaced: field(z.boolean(), 'whether another element stands in for it and what it is built on'),
  verdict: field(verdict, 'the worst verdict of its own elements'),
  elements: field(tally, 'its elements and those of its chunks'),
  buildDepends: field(z.array(path), 'the strata that it is built on'),
  chunks: field(z.array(chunk), 'in its own order'),
  diagnostics: field(ids, 'what concerns the stratum as such, by `id`'),
});

const cluster = z.strictObject({
  path: field(path, 'the path of its file without the suffix'),
  name: z.string(),
  place,
  systems: field(z.array(path), 'the systems that it deploys'),
  diagnostics: field(ids, 'what concerns it, by `id`'),
});

const element = z.strictObject({
  path: field(path, 'below the element path of the project'),
  verdict,
  from: field(z.nullable(place), 'the definition that it came from; null for what came from none'),
  diagnostics: field(ids, 'what the verdict was made of, by `id`'),
});

const diagnostic = z.strictObject({
  id: field(count, 'its number, from 1, in the order of the work'),
  step: field(z.enum(steps), 'the step of the work to which it belongs; `notes` if nothing has to be done'),
  code: z.string(),
  severity: z.enum(['error', 'manual', 'warning', 'info']),
  message: field(z.string(), 'what is the matter'),
  hint: field(z.string(), 'what to do about it'),
  place: field(z.nullable(place), 'where; null if it concerns the whole tree or the command line'),
  excerpt: field(z.array(z.string()), 'the lines there, from the first one of the place'),
  systems: field(z.array(path), 'the systems that it speaks of, or else lies in'),
  strata: field(z.array(path), 'the strata that it lies in, by themselves or by one of their chunks'),
  chunks: field(z.array(z.string()), 'the chunks that it lies in, as `<stratum>/<name>`'),
  clusters: field(z.array(path), 'the clusters that it lies in'),
});

/** What `report.json` holds, for what checks it and for what tells its fields. `ConversionReport` is the type of it. */
export const reportSchema = z.strictObject({
  schema: field(z.literal(1), 'the version of this form'),
  tool: z.strictObject({ name: z.string(), version: z.string() }),
  definitions: z.strictObject({
    name: field(z.string(), 'the name of their folder or file'),
    format: field(
      z.nullable(count),
      'the version of the definitions format; null from before there was VERSION',
    ),
  }),
  status: field(
    z.enum(['complete', 'partial', 'failed']),
    '`complete`: all of it can be converted; `partial`: all but what has to be left out, with `--keep-going`; `failed`: nothing can be',
  ),
  totals: z.strictObject({
    systems: count,
    strata: count,
    chunks: field(count, 'as strata list them'),
    clusters: count,
    elements: tally,
    diagnostics: z.strictObject({ error: count, manual: count, warning: count, info: count }),
  }),
  codes: field(
    z.record(
      z.string(),
      z.strictObject({
        severity: z.string(),
        count,
        meaning: field(z.string(), 'what the code means'),
        advice: field(z.string(), 'what to do, as a rule'),
      }),
    ),
    'the codes of all diagnostics',
  ),
  systems: field(z.array(system), 'the systems asked for'),
  strata: field(z.array(stratum), 'the strata asked for or needed, in build order'),
  clusters: field(z.array(cluster), 'the clusters asked for'),
  elements: field(z.array(element), 'all elements, in the order of their paths'),
  diagnostics: field(z.array(diagnostic), 'everything that was found, in the order of the work'),
});

/** The JSON schema of report.json, as the package publishes it. */
export function reportJsonSchema(): object {
  return { ...z.toJSONSchema(reportSchema, { target: 'draft-7' }), title: 'report.json of baserock2bst' };
}
