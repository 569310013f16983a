/** What a conversion can be told. */
export interface ConvertOptions {
  /** Name of the project; letters, digits, `-` and `_`. Default: `baserock`. */
  readonly name?: string;
  /** Paths of the systems and clusters to convert, with what they need. Default: everything. */
  readonly systems?: readonly string[];
  /** URLs for aliases of repositories, in addition to ybd's or in place of them. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Build systems of chunks that name none, by the chunk's name or `<stratum path>/<name>`. */
  readonly buildSystems?: Readonly<Record<string, string>>;
  /** Commits of branches and tags: for `repo ref`, both as the definitions write them, the sha1. */
  readonly refs?: ReadonlyMap<string, string>;
  /**
   * Where system integration commands go. `guarded`: on the chunks, doing nothing outside a system; `everywhere`: on
   * the chunks as they are; `system`: on one element of each system, in exactly Baserock's order.
   */
  readonly integration?: 'guarded' | 'everywhere' | 'system';
  /** Put a manifest of what a system is made of into it, as /baserock/manifest.json. */
  readonly manifest?: boolean;
  /** Convert what can be converted, and leave out the systems and strata that have or need something with an error. */
  readonly keepGoing?: boolean;
  /** The architecture, as Baserock names it, of the machine that will build. Default: not known. */
  readonly builder?: string;
}
