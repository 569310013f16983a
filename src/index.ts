/**
 * Converts Baserock definitions into BuildStream projects.
 *
 * `loadDefinitions` → `convert` → `renderProject` → `writeProject`; `buildReport` → `renderReport`. The library never
 * prints and never exits; bad input becomes diagnostics. Only `writeProject` and `recoverProject` write to the disk.
 *
 * @packageDocumentation
 */

// What works on texts alone

export * from './memory.js';

// Reading definitions

export { type ReadVariables, readGivenVariables } from './definitions/given-variables.js';
export { type LoadOptions, loadDefinitions } from './definitions/load.js';

// A configuration, and rules

export type { Config } from './config/config.js';
export { findConfig, type LoadedConfig, loadConfig } from './config/load-config.js';
export { writeTypes } from './transformer/deployment/write-types.js';
export { type FieldRule, fieldRules } from './transformer/fields.js';
export { standardRules } from './transformer/rules.js';

// Diagnostics

export { type Collector, collector, isFailure } from './diagnostics/diagnostic.js';
export { countDiagnostics, type RenderOptions, renderDiagnostics } from './diagnostics/render.js';

// Comparing a project with what the definitions mean

export {
  type Answer as BuildStreamAnswer,
  type Answers,
  askBuildStream,
} from './project/evaluate/ask-buildstream.js';
export type { Texts } from './project/evaluate/read-project.js';
export { readTexts, textsOf } from './project/evaluate/read-texts.js';
export type { VerifyOptions } from './verify/options.js';
export type { Aspect, Counts, Deliberate, Difference, NotCompared, Verification } from './verify/result.js';
export { elementsToAsk, verifyProject } from './verify/verify.js';

// Projects on the disk

export { diffProject, type FileDiff, type ProjectDiff } from './project/diff/diff-project.js';
export { supportsSysroot } from './project/sysroot.js';
export {
  type Answer,
  type Lines,
  type Trace,
  traceDefinition,
  traceElement,
} from './project/trace/trace-project.js';
export type { ConflictChoice } from './project/write/merge.js';
export { type RecoverResult, type Recovery, recoverProject } from './project/write/recover.js';
export { type WriteOptions, type WriteResult, writeProject } from './project/write/write-project.js';

// Reports

export { buildReport, type ReportInput } from './report/build-report.js';
export { renderGithub } from './report/formats/github.js';
export { renderSarif } from './report/formats/sarif.js';
export { renderReport } from './report/render-report.js';
export type * from './report/report.js';
export { type Verdict, verdictOf } from './report/verdict.js';
export type { Step as WorkStep } from './report/work-steps.js';

// Repositories of sources

export {
  type CheckOptions,
  checkSources,
  type RefUse,
  type RepositoryUse,
} from './repositories/check-sources.js';
export { detectBuildSystems } from './repositories/detect-build-systems.js';
export { resolveRefs } from './repositories/resolve-refs.js';
