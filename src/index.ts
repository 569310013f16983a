/**
 * Converts Baserock definitions into BuildStream projects.
 *
 * `loadDefinitions` → `convert` → `renderProject` → `writeProject`; `buildReport` → `renderReport`. The library never prints and never exits; bad
 * input becomes diagnostics. Only `writeProject` touches the disk other than to read the definitions.
 *
 * @packageDocumentation
 */
export type { Config } from './config/config.js';
export { findConfig, type LoadedConfig, loadConfig } from './config/load-config.js';
export type { GivenVariables } from './definitions/deployed-files.js';
export { type ReadVariables, readGivenVariables } from './definitions/given-variables.js';
export { type LoadOptions, loadDefinitions } from './definitions/load.js';
export type * from './definitions/model.js';
export { type ParseOptions, parseDefinitions } from './definitions/parse.js';
export { type Code, catalogue, type Severity } from './diagnostics/catalogue.js';
export {
  collector,
  type Diagnostic,
  hasErrors,
  isFailure,
  sortDiagnostics,
} from './diagnostics/diagnostic.js';
export type { Place } from './diagnostics/place.js';
export { countDiagnostics, renderDiagnostics } from './diagnostics/render.js';
export type { BuildStreamVersion } from './project/dialects.js';
export { diffProject, type FileDiff, type ProjectDiff } from './project/diff/diff-project.js';
export { type Answers, askBuildStream } from './project/evaluate/ask-buildstream.js';
export { readTexts, textsOf } from './project/evaluate/read-texts.js';
export type {
  BuildElement,
  BuildSystem as ProjectBuildSystem,
  ComposeElement,
  Element,
  ImportElement,
  Project,
  ProjectFile,
  Source,
  StackElement,
} from './project/model.js';
export type { FileOrigins, Origin } from './project/origin.js';
export { renderProject } from './project/render-project.js';
export { type SysrootSource, supportsSysroot } from './project/sysroot.js';
export {
  type Answer,
  type Lines,
  type Trace,
  traceDefinition,
  traceElement,
} from './project/trace/trace-project.js';
export type { ConflictChoice } from './project/write/merge.js';
export { recoverProject } from './project/write/recover.js';
export { type WriteOptions, type WriteResult, writeProject } from './project/write/write-project.js';
export { buildReport, type ReportInput } from './report/build-report.js';
export { renderGithub } from './report/formats/github.js';
export { renderSarif } from './report/formats/sarif.js';
export { renderReport } from './report/render-report.js';
export { type ConversionReport, reportSchema } from './report/schema.js';
export { type Verdict, verdictOf } from './report/verdict.js';
export {
  type CheckOptions,
  checkSources,
  type RefUse,
  type RepositoryUse,
} from './repositories/check-sources.js';
export { detectBuildSystems } from './repositories/detect-build-systems.js';
export { resolveRefs } from './repositories/resolve-refs.js';
export type { Context } from './transformer/context.js';
export { type Conversion, convert } from './transformer/convert.js';
export { type FieldRule, fieldRules } from './transformer/fields.js';
export type { ConvertOptions, OtherSource } from './transformer/options.js';
export type { OwnBuildSystem } from './transformer/own-build-systems.js';
export { type OwnRules, type Rules, standardRules } from './transformer/rules.js';
export type { Selection } from './transformer/selection.js';
export type { ConvertedSystem } from './transformer/system.js';
export type { VerifyOptions } from './verify/options.js';
export type { Aspect, Deliberate, Difference, NotCompared, Verification } from './verify/result.js';
export { elementsToAsk, verifyProject } from './verify/verify.js';
