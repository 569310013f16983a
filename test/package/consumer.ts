// What a program that uses the library looks like to the compiler; it is compiled, never run.
import {
  type Config,
  type Conversion,
  type ConvertOptions,
  convert,
  type Definitions,
  type Diagnostic,
  hasErrors,
  loadConfig,
  loadDefinitions,
  type OwnRules,
  type ProjectFile,
  renderProject,
  type WriteResult,
  type WriteType,
  writeProject,
} from 'baserock2bst';
import * as memory from 'baserock2bst/memory';

const rules: OwnRules = {
  buildSystem: (inForce) => (chunk, context) => (chunk.prefix ? 'waf' : inForce(chunk, context)),
  write: (inForce) => (deployment, context) => {
    const write: WriteType | undefined = inForce(deployment, context);
    return deployment.variables.has('SITE') ? { form: 'tar', what: 'a tar' } : write;
  },
  chunk: (standard) => (chunk, stratum, context) => {
    if (chunk.repo === undefined) context.report('site-rule', chunk.at, `${chunk.name} has no repo`);
    return { ...standard(chunk, stratum, context), description: stratum.name };
  },
};
const options: ConvertOptions = {
  rules: [rules],
  sources: { bash: { url: 'https://example.org/bash.git', ref: '1' } },
  ownWriteTypes: {
    cloud: { form: 'disk-image', what: 'a disk image', transfer: 'upload it' },
    squashfs: { form: { commands: ['mksquashfs "$system" "$output/root"'] }, what: 'a squashfs' },
  },
  ownBuildSystems: { waf: { 'build-commands': ['./waf'] } },
};
const definitions: Definitions = await loadDefinitions('definitions');
const conversion: Conversion = convert(definitions, options);
const diagnostics: readonly Diagnostic[] = conversion.diagnostics;
const files: ReadonlyMap<string, ProjectFile> = renderProject(conversion.project, 2);
const result: WriteResult | undefined = hasErrors(diagnostics)
  ? undefined
  : await writeProject(files, 'project');
const config: Config = (await loadConfig('baserock2bst.config.json')).config;
const texts: ReadonlyMap<string, string> = new Map([['strata/core.morph', 'name: core\n']]);
export const size: number = memory.renderProject(memory.convert(memory.parseDefinitions(texts)).project).size;
export const written: readonly string[] = [...(result?.written ?? []), config.name ?? ''];

// @ts-expect-error there is no such version of BuildStream
renderProject(conversion.project, 0);
// @ts-expect-error it is a list
convert(definitions, { systems: 'systems/a.morph' });
// @ts-expect-error there is no such form
convert(definitions, { ownWriteTypes: { box: { form: 'box', what: 'a box' } } });
// @ts-expect-error a rule returns an element
convert(definitions, { rules: [{ chunk: () => () => 1 }] });
