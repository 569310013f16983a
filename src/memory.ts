/**
 * The part of the library that works on texts alone: no file system, no processes, nothing of Node. For browsers and
 * editors.
 *
 * `parseDefinitions` → `convert` → `renderProject`, from a map of path → text to one of path → file. All of it is in
 * the main entry point as well.
 *
 * @packageDocumentation
 */
export type { GivenVariables } from './definitions/deployed-files.js';
export type * from './definitions/model.js';
export { type ParseOptions, parseDefinitions } from './definitions/parse.js';
export type { Phase, Step } from './definitions/steps.js';
export { type Code, catalogue, type Severity } from './diagnostics/catalogue.js';
export { type Diagnostic, hasErrors, type Report, sortDiagnostics } from './diagnostics/diagnostic.js';
export type { Place } from './diagnostics/place.js';
export type { BuildStreamVersion } from './project/dialects.js';
export type {
  BuildElement,
  BuildSystem as ProjectBuildSystem,
  CommandChange,
  CommandKind,
  CommentedText,
  ComposeElement,
  Dependency,
  Element,
  ElementBase,
  ElementPart,
  GitSource,
  ImportElement,
  LocalSource,
  Project,
  ProjectCase,
  ProjectConfiguration,
  ProjectFile,
  ProjectOption,
  ProjectVariable,
  PublicData,
  ScriptElement,
  Source,
  StackElement,
  TarSource,
} from './project/model.js';
export type { FileOrigins, Origin } from './project/origin.js';
export { renderProject } from './project/render-project.js';
export type { SysrootSource } from './project/sysroot.js';
export { provenanceOf } from './project/trace/provenance.js';
export type { Context } from './transformer/context.js';
export { type Conversion, convert } from './transformer/convert.js';
export type { PlannedDeployment } from './transformer/deployment/plan.js';
export type { WriteType } from './transformer/deployment/write-types.js';
export type { ConvertOptions, OtherSource } from './transformer/options.js';
export type { OwnBuildSystem } from './transformer/own-build-systems.js';
export type { OwnRules, Rules } from './transformer/rules.js';
export type { Selection } from './transformer/selection.js';
export type { ConvertedSystem } from './transformer/system.js';
