import { beforeAll, describe, expect, test } from 'vitest';
import type { ConversionReport } from '../../src/index.js';
import { boxHeight, type Layout, layOut } from '../../src/report/layout.js';
import { drawPictures, type Pictures } from '../../src/report/pictures.js';
import { describeCorpus } from '../support/corpus.js';
import { reportOnCorpus } from '../support/report.js';

describe('the layout', () => {
  const nodes = [
    { name: 'base', below: [] },
    { name: 'core', below: [0] },
    { name: 'middle', below: [1] },
    { name: 'top', below: [0, 1, 2] },
    { name: 'alone', below: [] },
  ];

  test('leaves out lines that follow from others', () => {
    expect(layOut(nodes).edges.map(([from, to]) => [from, to])).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
  });

  test('has what is built first on the left, and what stands alone below', () => {
    const [base, core, middle, top, alone] = layOut(nodes).nodes;
    expect(base![0]).toBeLessThan(core![0]);
    expect(core![0]).toBeLessThan(middle![0]);
    expect(middle![0]).toBeLessThan(top![0]);
    expect(alone![1]).toBeGreaterThan(Math.max(...[base, core, middle, top].map((node) => node![1])));
  });

  test('takes nothing, and circles', () => {
    expect(layOut([])).toEqual({ width: 0, height: 0, nodes: [], edges: [] });
    expect(
      layOut([
        { name: 'a', below: [1] },
        { name: 'b', below: [0] },
      ]).nodes,
    ).toHaveLength(2);
  });

  test('breaks long names', () => {
    const lines = layOut([{ name: 'multimedia-gstreamer', below: [] }]).nodes[0]![3];
    expect(lines).toEqual(['multimedia-', 'gstreamer']);
  });
});

describeCorpus('the pictures of v8-2016-08', () => {
  let report: ConversionReport;
  let pictures: Pictures;
  beforeAll(async () => {
    report = await reportOnCorpus('v8-2016-08');
    pictures = drawPictures(report);
  });

  test('have boxes that do not overlap', () => {
    const overlaps = pictures.layouts.flatMap(({ nodes }) => {
      const boxes = nodes.map(boxOf);
      return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => doOverlap(a, b)));
    });
    expect(overlaps).toEqual([]);
  });

  test('have lines that run past the boxes of others', () => {
    const crossings = pictures.layouts.flatMap(({ nodes, edges }) =>
      edges.flatMap(([from, to, points]) => {
        const others = nodes.flatMap((node, index) => (index === from || index === to ? [] : [boxOf(node)]));
        return pointsOf(points).filter((point) => others.some((box) => isWithin(box, point)));
      }),
    );
    expect(crossings).toEqual([]);
  });

  test('show the 52 strata of gnome-system-x86_64 on one screen', () => {
    const gnome = report.systems.findIndex(({ path }) => path === 'systems/gnome-system-x86_64');
    const { width, height, nodes } = pictures.layouts[pictures.systems[gnome]!]!;
    expect(nodes).toHaveLength(report.systems[gnome]!.builds.length);
    expect(nodes.length).toBeGreaterThan(46);
    expect(width).toBeLessThan(1600);
    expect(height).toBeLessThan(1000);
  });
});

type Box = readonly [left: number, top: number, right: number, bottom: number];

function boxOf([x, y, width]: Layout['nodes'][number]): Box {
  return [x - width / 2, y - boxHeight / 2, x + width / 2, y + boxHeight / 2];
}

function doOverlap([left, top, right, bottom]: Box, other: Box): boolean {
  return left < other[2] && other[0] < right && top < other[3] && other[1] < bottom;
}

/** A pixel within the border: a line may touch. */
function isWithin([left, top, right, bottom]: Box, [x, y]: readonly [number, number]): boolean {
  return x > left + 1 && x < right - 1 && y > top + 1 && y < bottom - 1;
}

/** Points of the line that the page draws: straight and bent in turns. */
function pointsOf(points: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (let at = 2; at < points.length; at += 2) {
    const [px, py, x, y] = points.slice(at - 2, at + 2) as [number, number, number, number];
    const middle = at % 4 === 2 ? undefined : (px + x) / 2;
    for (let t = 0; t <= 1; t += 0.05) {
      const u = 1 - t;
      const bent = (a: number, b: number, c: number, d: number) =>
        u ** 3 * a + 3 * u * u * t * b + 3 * u * t * t * c + t ** 3 * d;
      found.push(
        middle === undefined
          ? [px + (x - px) * t, py + (y - py) * t]
          : [bent(px, middle, middle, x), bent(py, py, y, y)],
      );
    }
  }
  return found;
}
