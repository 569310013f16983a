/**
 * The part of the library that works on texts alone: no file system, no processes, nothing of Node. For browsers and
 * editors.
 *
 * `parseDefinitions` → `convert` → `renderProject`, from a map of path → text to one of path → file.
 *
 * @packageDocumentation
 */
export type * from './definitions/model.js';
export { parseDefinitions } from './definitions/parse.js';
export { type Code, catalogue, type Severity } from './diagnostics/catalogue.js';
export { type Diagnostic, hasErrors, sortDiagnostics } from './diagnostics/diagnostic.js';
export type { Place } from './diagnostics/place.js';
export type { BuildStreamVersion } from './project/dialects.js';
export type { Project, ProjectFile } from './project/model.js';
export { renderProject } from './project/render-project.js';
export { type Conversion, convert } from './transformer/convert.js';
export type { ConvertOptions } from './transformer/options.js';
