/** A comment, without its `#`, and where it begins. */
export interface Comment {
  readonly offset: number;
  readonly text: string;
}

/** Where a key of a mapping and its value stand, or an item of a list, which has no key. Offsets. */
export interface Entry {
  readonly key: string | number;
  /** What the key was before it was given another name. */
  readonly formerKey?: string;
  /** Where the key begins, or the item (behind its dash). */
  readonly start: number;
  /** Where the key ends; undefined for an item. */
  readonly keyEnd: number | undefined;
  /** Where the last thing of the value ends. */
  readonly end: number;
  /** The value is a mapping or list that stands right here, and so has comments of its own. */
  readonly isContainer: boolean;
}

/** Offsets: comments in [start, end) belong to an entry, those in [start, inner) not to the values inside it. */
interface Region {
  readonly start: number;
  readonly inner: number;
  end: number;
}

/**
 * Which comments of a YAML file speak of what: those above a key or item and behind it are its own; one that is
 * indented deeper than what comes next belongs to what is before, if that has keys or items in it.
 */
export class CommentIndex {
  readonly #entries = new Map<object, readonly Entry[]>();
  readonly #bounds = new Map<object, { readonly start: number; readonly end: () => number }>();
  readonly #regions = new Map<object, Map<string | number, Region>>();

  /**
   * @param lines the offsets at which the lines of the text begin. A file may be one long line: to look for its ends in
   *   the text would take for ever.
   * @param length of the text.
   * @param comments in the order in which they stand in the text.
   */
  constructor(
    readonly lines: readonly number[],
    readonly length: number,
    readonly comments: readonly Comment[],
  ) {}

  /** Tells where the keys of a mapping or the items of a list stand, in their order. */
  setEntries(container: object, entries: readonly Entry[]): void {
    this.#entries.set(container, entries);
  }

  /** Gives an entry another name. */
  rename(container: object, from: string, to: string): void {
    const entries = this.#entries.get(container) ?? [];
    const renamed = entries.map((entry) =>
      entry.key === from ? { ...entry, key: to, formerKey: from } : entry,
    );
    this.#entries.set(container, renamed);
  }

  /** Tells which part of the text a container has for its comments, up to the end of an entry or of the file. */
  setBounds(container: object, start: number, end: readonly [object, string | number] | number): void {
    const bound = () => (typeof end === 'number' ? end : (this.#regionsOf(end[0]).get(end[1])?.end ?? 0));
    this.#bounds.set(container, { start, end: bound });
  }

  /**
   * The comments that belong to an entry, and without `all` only those that do not belong to the values inside it.
   * Every comment of a container belongs to exactly one of its entries.
   */
  of(container: object, key: string | number, all: boolean): string[] {
    const region = this.#regionsOf(container).get(key);
    return region ? this.#between(region.start, all ? region.end : region.inner) : [];
  }

  /** The offset at which the line ends that an offset is in: the beginning of the next line. */
  endOfLine(offset: number): number {
    const next = firstFrom(this.lines, offset === 0 ? 1 : offset, (start) => start);
    return this.lines[next] ?? this.length;
  }

  #regionsOf(container: object): Map<string | number, Region> {
    const known = this.#regions.get(container);
    if (known) return known;
    const regions = new Map<string | number, Region>();
    this.#regions.set(container, regions);
    const bounds = this.#bounds.get(container);
    const entries = this.#entries.get(container);
    if (!bounds || !entries) return regions;
    let start = bounds.start;
    let last: Region | undefined;
    entries.forEach((entry, index) => {
      const inner = Math.max(start, this.#innerOf(entry));
      const end = this.#withDeeper(Math.max(inner, this.endOfLine(entry.end)), entry, entries[index + 1]);
      last = { start, inner, end };
      regions.set(entry.key, last);
      if (entry.formerKey !== undefined) regions.set(entry.formerKey, last);
      start = end;
    });
    if (last) last.end = Math.max(last.end, bounds.end());
    return regions;
  }

  #innerOf({ start, keyEnd, isContainer }: Entry): number {
    if (keyEnd !== undefined) return this.endOfLine(keyEnd);
    return isContainer ? start : this.endOfLine(start);
  }

  /** Moves the end of an entry with others inside behind comments that are indented deeper than the next one. */
  #withDeeper(end: number, { isContainer }: Entry, next: Entry | undefined): number {
    if (!next || !isContainer) return end;
    const least = this.#column(next.start) + (next.keyEnd === undefined ? 0 : 1);
    let at = end;
    for (let i = firstFrom(this.comments, end, offsetOf); i < this.comments.length; i++) {
      const { offset } = this.comments[i]!;
      if (offset >= next.start || this.#column(offset) < least) break;
      at = this.endOfLine(offset);
    }
    return at;
  }

  #column(offset: number): number {
    return offset - (this.lines[firstFrom(this.lines, offset + 1, (start) => start) - 1] ?? 0);
  }

  #between(from: number, to: number): string[] {
    const texts: string[] = [];
    const first = firstFrom(this.comments, from, offsetOf);
    for (let i = first; i < this.comments.length && this.comments[i]!.offset < to; i++) {
      texts.push(this.comments[i]!.text);
    }
    return texts;
  }
}

const offsetOf = ({ offset }: Comment) => offset;

/** The index of the first of some sorted things that stands at an offset or behind it. */
function firstFrom<T>(sorted: readonly T[], offset: number, offsetOfOne: (one: T) => number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsetOfOne(sorted[middle]!) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
