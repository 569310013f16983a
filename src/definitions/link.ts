import type { Report } from '../diagnostics/diagnostic.js';
import { fieldsSince } from './formats.js';
import type { Chunk, Cluster, Definitions, Stratum, StratumReference, System, TextAt } from './model.js';
import { baseName, readChunk, type UnlinkedChunk } from './read-chunk.js';
import { readCluster } from './read-cluster.js';
import {
  placeOfDescription,
  readComments,
  readDescription,
  readSplitRules,
  textAt,
  textsAt,
} from './read-fields.js';
import { type Documents, Resolver } from './references.js';
import { reportCycles } from './report-cycles.js';
import type { Shape } from './schema.js';
import type { YamlDocument } from './yaml-document.js';

type StratumShape = Shape<'stratum'>;
type Linked = Pick<Definitions, 'strata' | 'systems' | 'clusters'>;
type UnlinkedStratum = Omit<Stratum, 'buildDepends' | 'chunks' | 'isIncomplete'> & {
  buildDepends: readonly StratumReference[];
  readonly chunks: UnlinkedChunk[];
  isIncomplete: boolean;
};

/** References to strata, and whether any of them leads nowhere. */
interface References {
  readonly found: readonly StratumReference[];
  readonly isIncomplete: boolean;
}

/**
 * Turns documents into definitions that refer to each other.
 *
 * @param broken paths of files that exist but could not be understood: a reference to one of them is not reported
 *   again.
 */
export function linkDefinitions(
  documents: Documents,
  broken: ReadonlySet<string>,
  format: number | undefined,
  report: Report,
): Linked {
  return new Linker(documents, broken, format, report).link();
}

class Linker {
  readonly #resolver: Resolver;
  readonly #strata = new Map<string, UnlinkedStratum>();
  readonly #systems = new Map<string, System>();
  readonly #usedChunkFiles = new Set<string>();

  constructor(
    readonly documents: Documents,
    broken: ReadonlySet<string>,
    readonly format: number | undefined,
    readonly report: Report,
  ) {
    this.#resolver = new Resolver(documents, broken, report);
  }

  link(): Linked {
    for (const [path, document] of this.documents.stratum)
      this.#strata.set(path, this.#readStratum(document));
    for (const [path, document] of this.documents.stratum)
      this.#linkStratum(this.#strata.get(path)!, document);
    const strata = [...this.#strata.values()];
    reportCycles(strata, this.report);
    for (const [path, document] of this.documents.system) this.#systems.set(path, this.#readSystem(document));
    const clusters = [...this.documents.cluster.values()].map((document) => this.#readCluster(document));
    this.#reportUnused();
    return { strata, systems: [...this.#systems.values()], clusters };
  }

  #readStratum(document: YamlDocument): UnlinkedStratum {
    const shape = document.value as StratumShape;
    const stratum: UnlinkedStratum = {
      kind: 'stratum',
      ...this.#identity(document, shape, ['chunks', 'build-depends']),
      products: readSplitRules(document, shape.products),
      buildDepends: [],
      chunks: [],
      isIncomplete: false,
    };
    const seen = new Map<string, UnlinkedChunk>();
    for (const [index, entry] of (shape.chunks ?? []).entries()) {
      const place = document.placeOf(shape.chunks!, index);
      if (!textAt(document, entry, 'name') && !textAt(document, entry, 'morph')) {
        this.report('missing-field', place, 'a chunk needs a `name`', 'add `name`');
        continue;
      }
      this.#reportNewerFields(document, entry);
      const file = this.#chunkFile(document, entry, stratum);
      const above = document.commentsOnKey(shape.chunks!, index);
      const chunk = readChunk(stratum.path, document, entry, place, above, file, this.report);
      if (seen.has(chunk.name)) {
        const message = `the stratum lists \`${chunk.name}\` twice, first in line ${seen.get(chunk.name)!.at.line}`;
        this.report('duplicate-chunk', place, message);
        continue;
      }
      seen.set(chunk.name, chunk);
      stratum.chunks.push(chunk);
    }
    return stratum;
  }

  #identity(
    document: YamlDocument,
    shape: { name?: unknown; description?: unknown },
    inside: readonly string[],
  ) {
    const path = withoutSuffix(document.file);
    return {
      path,
      name: textAt(document, shape, 'name')?.text ?? baseName(path),
      at: document.place,
      comments: readComments(document, shape, inside),
      description: readDescription(document, shape),
      descriptionAt: placeOfDescription(document, shape),
    };
  }

  #reportNewerFields(document: YamlDocument, entry: object): void {
    if (this.format === undefined) return;
    for (const [field, since] of fieldsSince) {
      if (this.format >= since || !textAtOrObject(entry, field)) continue;
      const place = document.placeOfKey(entry, field);
      const message = `version ${this.format} of the definitions format has no \`${field}\` in a stratum`;
      this.report('field-newer-than-format', place, message);
    }
  }

  #chunkFile(document: YamlDocument, entry: object, stratum: UnlinkedStratum): YamlDocument | undefined {
    const morph = textAt(document, entry, 'morph');
    if (morph) {
      const path = this.#resolver.resolve(morph, 'chunk', 'missing-chunk-file');
      if (path) this.#usedChunkFiles.add(path);
      else stratum.isIncomplete ||= this.#resolver.isBroken(morph);
      return path ? this.documents.chunk.get(path) : undefined;
    }
    const name = document.textOf(entry, 'name');
    const conventional = `${stratum.path}/${name}.morph`;
    if (this.documents.chunk.has(conventional)) {
      this.#usedChunkFiles.add(conventional);
      const message = `\`${name}\` has no \`morph:\`, so ${conventional} is ignored`;
      this.report('ignored-chunk-file', document.placeOf(entry, 'name'), message);
    }
    return undefined;
  }

  #linkStratum(stratum: UnlinkedStratum, document: YamlDocument): void {
    const shape = document.value as StratumShape;
    const { found, isIncomplete } = this.#references(document, shape['build-depends']);
    stratum.buildDepends = found;
    stratum.isIncomplete ||= isIncomplete;
    const byName = new Map<string, Chunk>(stratum.chunks.map((chunk) => [chunk.name, chunk]));
    for (const chunk of stratum.chunks) {
      for (const { text, at } of chunk.buildDependNames) {
        const sibling = byName.get(text);
        if (!sibling) {
          const message = `\`${chunk.name}\` depends on \`${text}\`, which its stratum does not list`;
          this.report('missing-chunk', at, message);
        } else if (!chunk.buildDepends.includes(sibling)) chunk.buildDepends.push(sibling);
      }
    }
  }

  #references(document: YamlDocument, list: StratumShape['build-depends']): References {
    const found = (list ?? []).flatMap((entry, index) => {
      const isText = typeof entry !== 'object';
      const target = isText
        ? textAt(document, list!, index)
        : (textAt(document, entry, 'morph') ?? textAt(document, entry, 'name'));
      const at = document.placeOf(list!, index);
      if (!target) {
        this.report('missing-field', at, 'a reference to a stratum needs `morph`', 'add `morph`');
        return [];
      }
      const path = this.#resolver.resolve(target, 'stratum', 'missing-definition');
      const stratum = path === undefined ? undefined : this.#strata.get(path);
      if (!stratum) return [];
      const artifacts = isText ? undefined : (entry as { artifacts?: unknown[] | null }).artifacts;
      return [
        {
          stratum,
          at: target.at,
          comments: document.commentsOf(list!, index),
          artifacts: artifacts ? textsAt(document, artifacts) : undefined,
        },
      ];
    });
    return { found, isIncomplete: found.length < (list?.length ?? 0) };
  }

  #readSystem(document: YamlDocument): System {
    const shape = document.value as Shape<'system'>;
    const { found, isIncomplete } = this.#references(document, shape.strata);
    const arch = textAt(document, shape, 'arch');
    const at = arch?.at ?? document.placeOf(shape, 'arch');
    if (!arch) this.report('missing-field', at, '`arch` is empty', 'name an architecture');
    return {
      kind: 'system',
      ...this.#identity(document, shape, ['strata']),
      arch: arch ?? { text: 'x86_64', at },
      strata: found,
      isIncomplete,
      configurationExtensions: textsAt(document, shape['configuration-extensions']),
    };
  }

  #readCluster(document: YamlDocument): Cluster {
    const shape = document.value as Shape<'cluster'>;
    const findSystem = (reference: TextAt) => {
      const path = this.#resolver.resolve(reference, 'system', 'missing-system');
      return path === undefined ? undefined : this.#systems.get(path);
    };
    return {
      kind: 'cluster',
      ...this.#identity(document, shape, []),
      systems: readCluster(document, shape.systems ?? [], findSystem),
    };
  }

  #reportUnused(): void {
    for (const [path, document] of this.documents.chunk) {
      if (this.#usedChunkFiles.has(path)) continue;
      this.report('unused-definition', document.place, 'no stratum lists this chunk');
    }
  }
}

function withoutSuffix(path: string): string {
  return path.replace(/\.(morph|def)$/, '');
}

function textAtOrObject(entry: object, field: string): boolean {
  const value = (entry as Record<string, unknown>)[field];
  return value !== undefined && value !== null;
}
