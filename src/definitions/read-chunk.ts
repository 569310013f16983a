import type { Report } from '../diagnostics/diagnostic.js';
import type { Chunk, DeviceNode, Submodule, SystemIntegration } from './model.js';
import {
  placeOfDescription,
  readCommandLists,
  readCommands,
  readComments,
  readDescription,
  readSplitRules,
  textAt,
} from './read-fields.js';
import type { ChunkEntryShape, ChunkShape } from './schema.js';
import { steps } from './steps.js';
import type { YamlDocument } from './yaml-document.js';

/** The fields in which each command keeps its own comments. */
const commandFields: readonly string[] = [...steps, 'system-integration'];

/** One half of a chunk: its own file, or its entry in a stratum. */
interface Half {
  readonly document: YamlDocument;
  readonly fields: ChunkShape;
}

/** A chunk whose dependencies are still names. */
export type UnlinkedChunk = Omit<Chunk, 'buildDepends'> & {
  readonly buildDepends: Chunk[];
};

/**
 * Puts a chunk together from its entry in a stratum and its own file, if it has one. What the entry says wins over
 * the file, field by field; the name is always the entry's.
 */
export function readChunk(
  stratum: string,
  document: YamlDocument,
  entry: ChunkEntryShape,
  place: Chunk['at'],
  ownComments: readonly string[],
  file: YamlDocument | undefined,
  report: Report,
): UnlinkedChunk {
  const halves: Half[] = [{ document, fields: entry }];
  if (file) halves.push({ document: file, fields: file.value as ChunkShape });
  const first = <T>(read: (half: Half) => T | undefined): T | undefined => {
    for (const half of halves) {
      const value = read(half);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const text = (field: string) => first((half) => textAt(half.document, half.fields, field));
  if (file) reportOverridden(document, entry, file, report);
  const name = text('name')?.text ?? baseName(document.textOf(entry, 'morph') ?? '');
  const mode = text('build-mode');
  if (mode && !['bootstrap', 'staging', 'test'].includes(mode.text)) {
    report('wrong-type', mode.at, `\`build-mode\` is bootstrap, staging or test, not ${mode.text}`);
  }
  const maxJobs = text('max-jobs');
  if (maxJobs && !/^[1-9]\d*$/.test(maxJobs.text)) {
    report('wrong-type', maxJobs.at, `\`max-jobs\` must be a number, not ${maxJobs.text}`);
  }
  return {
    kind: 'chunk',
    name,
    at: place,
    stratum,
    file: file?.file,
    comments: joinComments(document, entry, ownComments, file),
    description: first((half) => readDescription(half.document, half.fields)),
    descriptionAt: first((half) => placeOfDescription(half.document, half.fields)),
    repo: text('repo'),
    ref: text('sha') ?? text('ref'),
    unpetrifyRef: text('unpetrify-ref'),
    submodules: first((half) => readSubmodules(half)) ?? [],
    buildSystem: text('build-system'),
    bootstrap: mode?.text === 'bootstrap',
    prefix: text('prefix'),
    maxJobs,
    commands: new Map([...halves].reverse().flatMap((h) => [...readCommandLists(h.document, h.fields)])),
    devices: first(readDevices) ?? [],
    products:
      first(({ document: doc, fields }) => {
        const rules = readSplitRules(doc, fields.products);
        return rules.length > 0 ? rules : undefined;
      }) ?? [],
    artifacts: new Map(
      Object.keys(entry.artifacts ?? {}).map((key) => [
        key,
        {
          text: document.textOf(entry.artifacts!, key) ?? '',
          at: document.placeOf(entry.artifacts!, key),
        },
      ]),
    ),
    systemIntegration: first(readSystemIntegration) ?? [],
    buildDepends: [],
    buildDependNames: (entry['build-depends'] ?? []).flatMap(
      (_, index) => textAt(document, entry['build-depends'], index) ?? [],
    ),
  };
}

/** Fields that may well differ: the name is the entry's business. */
const mayDiffer: readonly string[] = ['name', 'kind'];

/** Reports fields of a chunk's own file that its entry in the stratum takes precedence over. */
function reportOverridden(
  document: YamlDocument,
  entry: ChunkEntryShape,
  file: YamlDocument,
  report: Report,
): void {
  const own = file.value as ChunkShape;
  for (const [field, value] of Object.entries(own)) {
    const winner = Object.hasOwn(entry, field) ? entry[field] : undefined;
    if (mayDiffer.includes(field) || value === null || winner === undefined || winner === null) continue;
    if (JSON.stringify(value) === JSON.stringify(winner)) continue;
    const { line } = document.placeOfKey(entry, field);
    const message = `\`${field}\` is given in ${document.file} (line ${line}) too, and that counts`;
    report('overridden-field', file.placeOfKey(own, field), message);
  }
}

/** The last part of a path, without a definition's suffix. */
export function baseName(path: string): string {
  return path.replace(/\.(morph|def)$/, '').replace(/^.*\//, '');
}

function joinComments(
  document: YamlDocument,
  entry: ChunkEntryShape,
  ownComments: readonly string[],
  file: YamlDocument | undefined,
): Map<string, readonly string[]> {
  const joined = new Map<string, readonly string[]>([['', ownComments]]);
  const sources = [readComments(document, entry, commandFields)];
  if (file) sources.push(readComments(file, file.value as object, commandFields));
  for (const comments of sources) {
    for (const [field, texts] of comments) joined.set(field, [...(joined.get(field) ?? []), ...texts]);
  }
  return joined;
}

function readSubmodules({ document, fields }: Half): Submodule[] | undefined {
  const { submodules } = fields;
  if (!submodules) return undefined;
  return Object.entries(submodules).flatMap(([path, submodule]) => {
    const url = textAt(document, submodule, 'url');
    return url ? [{ path, url }] : [];
  });
}

function readDevices({ document, fields }: Half): DeviceNode[] | undefined {
  return fields.devices?.map((device, index) => {
    const text = (field: string) => document.textOf(device, field) ?? '';
    return {
      at: document.placeOf(fields.devices!, index),
      type: text('type'),
      filename: text('filename'),
      major: text('major'),
      minor: text('minor'),
      uid: text('uid'),
      gid: text('gid'),
      permissions: text('permissions'),
    };
  });
}

function readSystemIntegration({ document, fields }: Half): SystemIntegration[] | undefined {
  const byArtifact = fields['system-integration'];
  if (!byArtifact) return undefined;
  return Object.entries(byArtifact).flatMap(([artifact, scripts]) =>
    Object.entries(scripts ?? {}).map(([script, commands], index) => {
      const above = [
        ...(index === 0 ? document.commentsOnKey(byArtifact, artifact) : []),
        ...document.commentsOnKey(scripts!, script),
      ];
      return {
        artifact: { text: artifact, at: document.placeOfKey(byArtifact, artifact) },
        script: { text: script, at: document.placeOfKey(scripts!, script) },
        commands: readCommands(document, commands ?? []).map((command, position) =>
          position === 0 ? { ...command, comments: [...above, ...command.comments] } : command,
        ),
      };
    }),
  );
}
