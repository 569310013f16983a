/** The versions of BuildStream that a project can be written for. */
export const buildStreamVersions = [1, 2] as const;

/** One of them. */
export type BuildStreamVersion = (typeof buildStreamVersions)[number];

/** What differs between the versions of BuildStream, as far as a project shows it. */
export interface Dialect {
  readonly version: BuildStreamVersion;
  /** The key and value by which project.conf says what it needs. */
  readonly required: readonly [key: 'format-version' | 'min-version', value: string];
  /** Kinds of element that build with an own list of commands; everything else is `manual` with an include. */
  readonly buildKinds: ReadonlySet<string>;
  /** Variables are expanded in sources too. */
  readonly expandsSources: boolean;
  /** White space is taken away at both ends of every text (`ScalarNode.as_str`). */
  readonly trimsTexts: boolean;
  /** `bst show` prints commands with their variables expanded. */
  readonly showsExpanded: boolean;
  /** It can have elements built by other machines. */
  readonly buildsElsewhere: boolean;
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
    trimsTexts: false,
    showsExpanded: false,
    buildsElsewhere: false,
    locations: 'layout',
    sourceKinds: new Set(['git', 'local', 'ostree', 'tar']),
    pluginPackage: undefined,
  },
  2: {
    version: 2,
    required: ['min-version', '2.0'],
    buildKinds: new Set(['autotools', 'cmake', 'make', 'manual', 'meson', 'pip', 'setuptools']),
    expandsSources: true,
    trimsTexts: true,
    showsExpanded: true,
    buildsElsewhere: true,
    locations: 'dependency',
    sourceKinds: new Set(['local', 'tar']),
    pluginPackage: {
      name: 'buildstream-plugins',
      elements: new Set(['autotools', 'cmake', 'make', 'meson', 'pip', 'setuptools']),
      sources: new Set(['docker', 'git']),
    },
  },
};

/** The dialect of a project whose project.conf says that it needs that much; the oldest one if it is older than all. */
export function dialectOf(...[key, needed]: Dialect['required']): Dialect {
  const alike = buildStreamVersions
    .map((version) => dialects[version])
    .filter(({ required }) => required[0] === key);
  const isOldEnough = ({ required: [, first] }: Dialect) =>
    Number.parseInt(first, 10) <= Number.parseInt(needed, 10);
  return alike.findLast(isOldEnough) ?? alike[0]!;
}
