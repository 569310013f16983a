import { lineAt, type SourceText } from './source-text.js';

/** A comment, without its `#`, and where it begins. */
export interface Comment {
  readonly offset: number;
  readonly text: string;
}

/** Where a key of a mapping and its value stand, or an item of a list, which has no key. Offsets. */
export interface Entry {
  readonly key: string | number;
  /** What the key was before it was given another name. */
  readonly formerKey?: string | undefined;
  /** Where the key begins, or the item (behind its dash). */
  readonly start: number;
  /** Where the key ends; undefined for an item. */
  readonly keyEnd: number | undefined;
  /** Where the last thing of the value ends. */
  readonly end: number;
  /** The value is a mapping or list that stands right here, and so has comments of its own. */
  readonly isContainer: boolean;
}

/** What comments have to know of a mapping or list. */
export interface Outline {
  /** Its keys or items, in their order. */
  readonly entries: readonly Entry[];
  /** It is all of the file. */
  readonly isRoot: boolean;
  /**
   * Where it stands: in which entry of which container, and the offset of the end of its key, or of its beginning in a
   * list. Nothing for what a merge key brings in: no comments belong to that.
   */
  readonly spot:
    | { readonly container: object; readonly key: string | number; readonly start: number }
    | undefined;
}

/** Offsets: comments in [start, end) belong to an entry, those in [start, inner) not to the values inside it. */
interface Region {
  readonly start: number;
  readonly inner: number;
  end: number;
}

/** The regions of a container in whose part of the text there are no comments. */
const withoutComments: ReadonlyMap<string | number, Region> = new Map();

/**
 * Which comments of a YAML file speak of what: those above a key or item and behind it are its own; one that is
 * indented deeper than what comes next belongs to what is before, if that has keys or items in it.
 */
export class CommentIndex {
  readonly #regions = new Map<object, ReadonlyMap<string | number, Region>>();

  /**
   * @param comments in the order in which they stand in the text.
   * @param outlineOf is asked for each container that has comments, and for those that it stands in.
   */
  constructor(
    readonly source: SourceText,
    readonly comments: readonly Comment[],
    readonly outlineOf: (container: object) => Outline | undefined,
  ) {}

  /**
   * The comments that belong to an entry, and without `all` only those that do not belong to the values inside it.
   * Every comment of a container belongs to exactly one of its entries.
   */
  of(container: object, key: string | number, all: boolean): string[] {
    if (this.comments.length === 0) return [];
    const region = this.#regionsOf(container).get(key);
    return region ? this.#between(region.start, all ? region.end : region.inner) : [];
  }

  /** The offset at which the line ends that an offset is in: the beginning of the next line. */
  #endOfLine(offset: number): number {
    const { lineStarts, text } = this.source;
    return lineStarts[lineAt(lineStarts, Math.max(offset - 1, 0))] ?? text.length;
  }

  #regionsOf(container: object): ReadonlyMap<string | number, Region> {
    const known = this.#regions.get(container);
    if (known) return known;
    const regions = this.#findRegions(container);
    this.#regions.set(container, regions);
    return regions;
  }

  #findRegions(container: object): ReadonlyMap<string | number, Region> {
    const outline = this.outlineOf(container);
    if (!outline || !(outline.spot || outline.isRoot)) return new Map();
    const { entries, spot } = outline;
    let start = 0;
    let end: number | undefined = this.source.text.length;
    if (spot) {
      start = Array.isArray(spot.container) ? spot.start : this.#endOfLine(spot.start);
      const around = this.#regionsOf(spot.container);
      end = around === withoutComments ? start : around.get(spot.key)?.end;
    }
    // What is inside ends with it at the latest.
    if (end !== undefined && this.#firstFrom(start) === this.#firstFrom(end)) return withoutComments;
    const regions = new Map<string | number, Region>();
    let last: Region | undefined;
    entries.forEach((entry, index) => {
      const inner = Math.max(start, this.#innerOf(entry));
      const own = this.#withDeeper(Math.max(inner, this.#endOfLine(entry.end)), entry, entries[index + 1]);
      last = { start, inner, end: own };
      regions.set(entry.key, last);
      if (entry.formerKey !== undefined) regions.set(entry.formerKey, last);
      start = own;
    });
    if (last) last.end = Math.max(last.end, end ?? 0);
    return regions;
  }

  #innerOf({ start, keyEnd, isContainer }: Entry): number {
    if (keyEnd !== undefined) return this.#endOfLine(keyEnd);
    return isContainer ? start : this.#endOfLine(start);
  }

  /** Moves the end of an entry with others inside behind comments that are indented deeper than the next one. */
  #withDeeper(end: number, { isContainer }: Entry, next: Entry | undefined): number {
    if (!next || !isContainer) return end;
    const least = this.#column(next.start) + (next.keyEnd === undefined ? 0 : 1);
    let at = end;
    for (let i = this.#firstFrom(end); i < this.comments.length; i++) {
      const { offset } = this.comments[i]!;
      if (offset >= next.start || this.#column(offset) < least) break;
      at = this.#endOfLine(offset);
    }
    return at;
  }

  #column(offset: number): number {
    const { lineStarts } = this.source;
    return offset - lineStarts[lineAt(lineStarts, offset) - 1]!;
  }

  #between(from: number, to: number): string[] {
    const texts: string[] = [];
    for (let i = this.#firstFrom(from); i < this.comments.length && this.comments[i]!.offset < to; i++) {
      texts.push(this.comments[i]!.text);
    }
    return texts;
  }

  /** The index of the first comment that stands at an offset or behind it. */
  #firstFrom(offset: number): number {
    let low = 0;
    let high = this.comments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.comments[middle]!.offset < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
