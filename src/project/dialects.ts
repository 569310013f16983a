/** The versions of BuildStream that a project can be written for. */
export type BuildStreamVersion = 1 | 2;

/** What differs between the versions of BuildStream, as far as a project shows it. */
export interface Dialect {
  readonly version: BuildStreamVersion;
  /** The key and value by which project.conf says what it needs. */
  readonly required: readonly [key: string, value: string];
  /** Kinds of element that build with an own list of commands; everything else is `manual` with an include. */
  readonly buildKinds: ReadonlySet<string>;
  /** Variables are expanded in sources too. */
  readonly expandsSources: boolean;
  /** Where a script says in which folder it has the files of a dependency: in its `layout`, or on the dependency. */
  readonly locations: 'layout' | 'dependency';
  /** Kinds of source that are part of it. */
  readonly sourceKinds: ReadonlySet<string>;
  /** A package that plugins come from which are not part of BuildStream; the kinds are declared in project.conf. */
  readonly pluginPackage:
    | { readonly name: string; readonly elements: ReadonlySet<string>; readonly sources: ReadonlySet<string> }
    | undefined;
}

/**
 * The one table of differences. Seen by running 1.6.8 and 2.8.1; the plugins of 2.x are those of its own core and of
 * the package buildstream-plugins (BuildStream documentation, "Porting to BuildStream 2").
 */
export const dialects: Readonly<Record<BuildStreamVersion, Dialect>> = {
  1: {
    version: 1,
    required: ['format-version', '18'],
    buildKinds: new Set([
      'autotools',
      'cmake',
      'distutils',
      'make',
      'makemaker',
      'manual',
      'meson',
      'modulebuild',
      'pip',
      'qmake',
    ]),
    expandsSources: false,
    locations: 'layout',
    sourceKinds: new Set(['git', 'local', 'ostree', 'tar']),
    pluginPackage: undefined,
  },
  2: {
    version: 2,
    required: ['min-version', '2.0'],
    buildKinds: new Set(['autotools', 'cmake', 'make', 'manual', 'meson', 'pip', 'setuptools']),
    expandsSources: true,
    locations: 'dependency',
    sourceKinds: new Set(['local', 'tar']),
    pluginPackage: {
      name: 'buildstream-plugins',
      elements: new Set(['autotools', 'cmake', 'make', 'meson', 'pip', 'setuptools']),
      sources: new Set(['docker', 'git']),
    },
  },
};
