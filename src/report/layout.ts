import { graphlib, layout as layOutGraph } from '@dagrejs/dagre';
import { reachable } from '../transformer/walk.js';

/** Something to draw: its name, and what it is built on, by position in the list. */
export interface Node {
  readonly name: string;
  readonly below: readonly number[];
}

/** Where everything stands, in pixels; what is built first stands on the left. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** For each node the middle of its box, the width of it, and its name in one line or two. */
  readonly nodes: readonly (readonly [x: number, y: number, width: number, lines: readonly string[]])[];
  /**
   * Two nodes, and where the line from the first to the second runs: x, y, x, y. It runs straight past the boxes of a
   * column and bends between the columns, in turns.
   */
  readonly edges: readonly (readonly [from: number, to: number, points: readonly number[]])[];
}

/** The height of a box. */
export const boxHeight = 34;

type Graph = InstanceType<typeof graphlib.Graph>;

const spacing = { nodesep: 8, edgesep: 5, ranksep: 36 };
const gap = 10;
/** The width of a letter, and what a box has beside its text. */
const letter = 6.7;
const padding = 28;
const longLine = 13;
const longestLine = 26;

/**
 * Lays out what is built on what in layers, from left to right. A line that follows from others is left out: who is
 * built on C by way of B has no line of its own to C. What has no lines stands below the rest, in rows.
 */
export function layOut(nodes: readonly Node[]): Layout {
  const edges = withoutImplied(nodes);
  const joined = new Set(edges.flat());
  const lines = nodes.map(({ name }) => inLines(name));
  const widths = lines.map((each) =>
    Math.round(Math.max(...each.map((line) => line.length)) * letter + padding),
  );
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', ...spacing });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const index of joined) graph.setNode(`${index}`, { width: widths[index]!, height: boxHeight });
  for (const [from, to] of edges) graph.setEdge(`${from}`, `${to}`);
  if (joined.size > 0) layOutGraph(graph);
  const columns = columnsOf(graph);
  const { width = 0, height = 0 } = joined.size > 0 ? graph.graph() : {};
  const rows = inRows(
    widths.flatMap((each, index) => (joined.has(index) ? [] : [[index, each] as const])),
    Math.max(width, 900),
    height === 0 ? 0 : height + 3 * gap,
  );
  return {
    width: Math.ceil(Math.max(width, rows.width)),
    height: Math.ceil(Math.max(height, rows.height)),
    nodes: nodes.map((_, index) => {
      const { x, y } = joined.has(index) ? graph.node(`${index}`) : rows.places.get(index)!;
      return [Math.round(x), Math.round(y), widths[index]!, lines[index]!];
    }),
    edges: edges.map(([from, to]) => [from, to, lineOf(`${from}`, `${to}`, graph, columns)]),
  };
}

/** The left and right border of the boxes that stand in one column, by the middle of it. */
type Columns = ReadonlyMap<number, { left: number; right: number }>;

function columnsOf(graph: Graph): Columns {
  const columns = new Map<number, { left: number; right: number }>();
  for (const name of graph.nodes()) {
    const { x, width } = graph.node(name);
    const known = columns.get(Math.round(x)) ?? { left: x, right: x };
    const [left, right] = [Math.min(known.left, x - width / 2), Math.max(known.right, x + width / 2)];
    columns.set(Math.round(x), { left, right });
  }
  return columns;
}

function lineOf(from: string, to: string, graph: Graph, columns: Columns): number[] {
  const [start, end] = [graph.node(from), graph.node(to)];
  const lanes = graph.edge(from, to).points.slice(1, -1) as { x: number; y: number }[];
  const passed = lanes.flatMap(({ x, y }) => {
    const column = columns.get(Math.round(x));
    return column ? [column.left, y, column.right, y] : [];
  });
  const first = [start.x + start.width / 2, start.y, columns.get(Math.round(start.x))!.right, start.y];
  const last = [columns.get(Math.round(end.x))!.left, end.y, end.x - end.width / 2, end.y];
  return [...first, ...passed, ...last].map(Math.round);
}

/** The lines from what is built first to what is built on it, less those that follow from others. */
function withoutImplied(nodes: readonly Node[]): [from: number, to: number][] {
  const below = new Map(nodes.map((_, index) => [index, reachable(index, (each) => nodes[each]!.below)]));
  return nodes.flatMap(({ below: direct }, to) =>
    [...new Set(direct)]
      .filter((from) => !direct.some((other) => other !== from && below.get(other)!.has(from)))
      .map((from): [number, number] => [from, to]),
  );
}

/** A long name in two lines of about the same length, where it has a `-`, `_` or `.` to break it after. */
function inLines(name: string): string[] {
  const sign = name.includes('-') ? /-/g : /[_.]/g;
  const breaks = [...name.matchAll(sign)].map(({ index }) => index + 1).filter((at) => at < name.length);
  const longer = (at: number) => Math.max(at, name.length - at);
  const best = breaks.sort((a, b) => longer(a) - longer(b))[0];
  const lines =
    name.length <= longLine || best === undefined ? [name] : [name.slice(0, best), name.slice(best)];
  return lines.map((line) => (line.length > longestLine ? `${line.slice(0, longestLine - 1)}…` : line));
}

function inRows(boxes: readonly (readonly [index: number, width: number])[], width: number, top: number) {
  const places = new Map<number, { x: number; y: number }>();
  let [x, y, widest] = [0, top, 0];
  for (const [index, own] of boxes) {
    if (x > 0 && x + own > width) [x, y] = [0, y + boxHeight + gap];
    places.set(index, { x: x + own / 2, y: y + boxHeight / 2 });
    x += own + gap;
    widest = Math.max(widest, x - gap);
  }
  return { places, width: widest, height: boxes.length > 0 ? y + boxHeight : 0 };
}
