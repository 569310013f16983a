import type { Definitions } from '../definitions/model.js';
import { type Diagnostic, isFailure } from '../diagnostics/diagnostic.js';
import { attempt, readProject, type Texts } from '../project/evaluate/read-project.js';
import { compareAll } from './compare-all.js';
import { Findings } from './findings.js';
import type { VerifyOptions } from './options.js';
import { elementFor, makePlan } from './plan.js';
import type { Verification } from './result.js';
import { scopeOf } from './scope.js';

const MANIFEST = '.baserock2bst/manifest.json';

/**
 * Compares a BuildStream project with definitions: whether what BuildStream would stage, run, fetch and compose is what
 * the definitions mean. The project is read as it is, whoever wrote it; nothing of the conversion is used.
 *
 * @param texts the files of the project by path; its manifest, if it is among them, tells what it was converted for.
 * @returns differences, each with both places; those that are meant apart. Errors in either of the two are diagnostics.
 */
export function verifyProject(
  definitions: Definitions,
  texts: Texts,
  options: VerifyOptions = {},
): Verification {
  const failures = options.keepGoing ? [] : definitions.diagnostics.filter(isFailure);
  if (failures.length > 0) return failed(failures);
  const findings = new Findings();
  const read = readProject(texts);
  if (!read.value) return failed(read.diagnostics);
  const compared = attempt(() =>
    compareAll(definitions, read.value!, generatedFiles(texts), options, findings),
  );
  if (!compared.value) return failed(compared.diagnostics);
  const differences = findings.differences();
  return {
    status: differences.length > 0 ? 'different' : 'equal',
    differences,
    deliberate: findings.allDeliberate(),
    notCompared: findings.allNotCompared(),
    counts: compared.value,
    diagnostics: [],
  };
}

function failed(diagnostics: readonly Diagnostic[]): Verification {
  const counts = { chunks: 0, strata: 0, systems: 0, deployments: 0 };
  return { status: 'failed', differences: [], deliberate: [], notCompared: [], counts, diagnostics };
}

/** The files that a conversion wrote, if the project says so. */
function generatedFiles(texts: Texts): Set<string> | undefined {
  try {
    const { files } = JSON.parse(texts.get(MANIFEST) ?? '') as { files: Record<string, unknown> };
    return new Set(Object.keys(files));
  } catch {
    return undefined;
  }
}

/**
 * The elements of which BuildStream itself can be asked before they are compared, by architecture.
 *
 * @returns none if the project or the definitions cannot be understood; comparing them says why.
 */
export function elementsToAsk(
  definitions: Definitions,
  texts: Texts,
  options: VerifyOptions = {},
): ReadonlyMap<string, readonly string[]> {
  const { value } = attempt(() => {
    const read = readProject(texts).value;
    if (!read) return undefined;
    const plan = makePlan(definitions, read.with(), generatedFiles(texts), options, new Findings());
    const { chunks, byArchitecture, first } = scopeOf(plan, read);
    const values = read.with().valuesOf('arch');
    const asked = [...new Set([first, ...byArchitecture.keys()])].filter((arch) => values.includes(arch));
    return new Map(
      asked.map((arch) => [
        arch,
        chunks
          .filter(({ chunk }) => arch === first || byArchitecture.get(arch)?.has(chunk))
          .flatMap(({ chunk, stratum }) => elementFor(chunk, stratum, plan) ?? [])
          .filter((path) => read.files.hasElement(path)),
      ]),
    );
  });
  return value ?? new Map();
}
