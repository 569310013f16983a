import type { Element, ProjectFile } from '../../project/model.js';

/** The element of what extensions need from the definitions, and where deployments have its files. */
export const extensions = { element: 'base/deployment-extensions.bst', location: '/extensions' } as const;

/** The element of a manifest's files, by the manifest's name, and where deployments have them. */
export function installedBy(name: string): { element: string; location: string } {
  return { element: `install-files/${name}.bst`, location: `/install-files/${name}` };
}

/** Files of the definitions that deployments have in common: the project carries each of them once. */
export class SharedFiles {
  /** Scripts and what they read, by their paths in the definitions, each with what it is for. */
  readonly #extensions = new Map<string, { file: ProjectFile; uses: Set<string> }>();
  /** What manifests install, by the manifests' names. */
  readonly #manifests = new Map<string, { path: string; files: ReadonlyMap<string, ProjectFile> }>();

  /** A file that configuration extensions run or read. */
  addExtension(path: string, file: ProjectFile, use: string): void {
    const known = this.#extensions.get(path);
    const uses = known?.uses ?? new Set();
    uses.add(use);
    // What one extension reads may be the script of another.
    this.#extensions.set(path, { file: known?.file.executable ? known.file : file, uses });
  }

  /** What a manifest installs, whichever deployment asks for it. */
  addManifest(name: string, path: string, files: ReadonlyMap<string, ProjectFile>): void {
    this.#manifests.set(name, { path, files });
  }

  get elements(): readonly Element[] {
    const scripts = this.#extensions.size === 0 ? [] : [extensionsElement];
    const manifests = [...this.#manifests].map(([name, { path }]) => manifestElement(name, path));
    return [...scripts, ...manifests];
  }

  get files(): ReadonlyMap<string, ProjectFile> {
    const files = new Map<string, ProjectFile>();
    for (const [path, { file }] of this.#extensions) files.set(`files/extensions/definitions/${path}`, file);
    if (files.size > 0) files.set('files/extensions/manifest', { content: this.#listed() });
    for (const [name, { files: installed }] of this.#manifests) {
      for (const [path, file] of installed) files.set(`files/install-files/${name}/${path}`, file);
    }
    return files;
  }

  /** Which file is the copy of which, and what for. */
  #listed(): string {
    const lines = [...this.#extensions]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([path, { uses }]) =>
          `${path} -> definitions/${path}\n${[...uses].map((use) => `  # ${use}\n`).join('')}`,
      );
    return `# Files of the definitions, their copies here, and what these are for\n${lines.join('')}`;
  }
}

const extensionsElement: Element = {
  kind: 'import',
  path: extensions.element,
  description:
    'What configuration extensions of the definitions are: scripts, and the files that these read.',
  dependencies: [],
  sources: [{ kind: 'local', path: 'files/extensions' }],
};

function manifestElement(name: string, path: string): Element {
  return {
    kind: 'import',
    path: installedBy(name).element,
    description: `What ${path} installs.`,
    dependencies: [],
    sources: [{ kind: 'local', path: `files/install-files/${name}` }],
  };
}
