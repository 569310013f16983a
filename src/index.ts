/**
 * Converts Baserock definitions into BuildStream projects.
 *
 * `loadDefinitions` → `convert` → `renderProject` → `writeProject`. The library never prints and never exits; bad
 * input becomes diagnostics. Only `writeProject` touches the disk other than to read the definitions.
 *
 * @packageDocumentation
 */
export type { Config } from './config/config.js';
export { findConfig, type LoadedConfig, loadConfig } from './config/load-config.js';
export { loadDefinitions } from './definitions/load.js';
export type * from './definitions/model.js';
export { parseDefinitions } from './definitions/parse.js';
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
export { renderProject } from './project/render-project.js';
export { type SysrootSource, supportsSysroot } from './project/sysroot.js';
export { recoverProject } from './project/write/recover.js';
export { type WriteOptions, type WriteResult, writeProject } from './project/write/write-project.js';
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
export type { ConvertedSystem } from './transformer/system.js';
