import { byId, counted, html, svg } from './dom.js';
import { addressOf, report } from './state.js';
import { verdictSigns } from './summary.js';

const { boxHeight } = report.pictures;
const margin = 12;
/** Below this size names can no longer be read. */
const smallest = 0.75;

const strata = new Map(report.strata.map((stratum, index) => [stratum.path, { stratum, index }]));

/** What is drawn, and how large. */
const shown = { key: undefined, layout: undefined, zoom: 1 };

/** Shows what a system is built of, or a stratum of it. */
export function showPicture(state) {
  const subject = subjectOf(state);
  const key = subject ? `${subject.layout} ${state.system} ${state.stratum}` : '';
  if (key === shown.key) return;
  shown.key = key;
  shown.layout = subject && report.pictures.layouts[subject.layout];
  byId('told').replaceChildren();
  byId('trail').replaceChildren(...(subject ? trailOf(state) : []));
  byId('zoom').hidden = byId('legend').hidden = byId('canvas').hidden = !subject;
  byId('picture-hint').textContent = subject
    ? 'What stands further to the left is built first. Lines that follow from others are left out. ' +
      'Tab and the arrow keys go from box to box; Enter opens one.'
    : 'Choose a system or a stratum to see what it is built of.';
  if (!subject) return byId('canvas').replaceChildren();
  byId('legend').replaceChildren(...legend());
  byId('canvas').replaceChildren(draw(subject));
  resize('fit');
}

/** Makes the picture react to its buttons and to the keyboard. */
export function preparePicture() {
  byId('zoom').addEventListener('click', ({ target }) => resize(target.dataset.zoom));
  byId('canvas').addEventListener('keydown', (event) => {
    const box = event.target.closest('a.box');
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!box || !step) return;
    event.preventDefault();
    nearest(Number(box.dataset.index), step)?.focus();
  });
}

function subjectOf({ system, stratum }) {
  const known = strata.get(stratum);
  if (known) return stratumSubject(known);
  const index = report.systems.findIndex(({ path }) => path === system);
  if (index < 0) return undefined;
  const { builds, strata: listed } = report.systems[index];
  return {
    layout: report.pictures.systems[index],
    title: `The strata that ${system} is built of`,
    boxes: builds.map((path) => stratumBox(strata.get(path).stratum, listed.includes(path), system)),
  };
}

function stratumSubject({ stratum, index }) {
  return {
    layout: report.pictures.strata[index],
    title: `The chunks of ${stratum.path}`,
    boxes: stratum.chunks.map((chunk) => ({
      verdict: stratum.isReplaced && !chunk.element ? 'replaced' : chunk.verdict,
      name: chunk.name,
      tell: () => chunkStory(chunk, stratum),
      text: `${chunk.name}, ${counted(chunk.diagnostics.length, 'thing')} to see to`,
    })),
  };
}

function stratumBox(stratum, isListed, system) {
  const word = stratum.isReplaced
    ? `replaced by ${stratum.element}`
    : report.words.verdictWords[stratum.verdict];
  const use = isListed ? '' : ', not listed by the system: only built on';
  return {
    verdict: stratum.isReplaced ? 'replaced' : stratum.verdict,
    isFaint: !isListed,
    name: stratum.name,
    href: addressOf({ system, stratum: stratum.path }),
    text: `${stratum.path}, ${counted(stratum.chunks.length, 'chunk')}, ${word}${use}`,
  };
}

/** What there is to say of a chunk. */
function chunkStory({ name, element, verdict, file, place, diagnostics }, stratum) {
  const word = element ? report.words.verdictWords[verdict] : `replaced by ${stratum.element}`;
  const links = diagnostics.flatMap((id) => [
    ' ',
    html('a', { href: `#item-${id}`, 'data-item': id }, `#${id}`),
  ]);
  const where = ` · ${file ?? `${place.file}:${place.line}`}`;
  return [html('strong', {}, name), `: ${word}${where}`, ...(links.length > 0 ? [' ·', ...links] : [])];
}

function draw({ layout, title, boxes }) {
  const { width, height, nodes, edges } = report.pictures.layouts[layout];
  const lines = edges.map(([from, to, points]) =>
    svg('path', {
      d: curve(points),
      class: 'line',
      'data-from': from,
      'data-to': to,
      'marker-end': 'url(#tip)',
    }),
  );
  const drawn = nodes.map((node, index) => drawBox(node, index, boxes[index]));
  const tip = svg('marker', {
    id: 'tip',
    viewBox: '0 0 8 8',
    refX: 7,
    refY: 4,
    markerWidth: 7,
    markerHeight: 7,
    orient: 'auto',
  });
  tip.append(svg('path', { d: 'M0 1 L7 4 L0 7 z', class: 'tip' }));
  const box = [-margin, -margin, width + 2 * margin, height + 2 * margin];
  const picture = svg(
    'svg',
    { viewBox: box.join(' '), role: 'group', 'aria-label': title },
    svg('defs', {}, tip),
    svg('g', {}, lines),
    svg('g', {}, drawn),
  );
  for (const name of ['pointerover', 'focusin']) {
    picture.addEventListener(name, ({ target }) => trace(picture, target.closest('a.box')));
  }
  for (const name of ['pointerleave', 'focusout']) picture.addEventListener(name, () => trace(picture, null));
  return picture;
}

function drawBox([x, y, width, lines], index, { verdict, isFaint, name, href, text, tell }) {
  const [left, top] = [x - width / 2, y - boxHeight / 2];
  const rows = lines.map((line, row) => {
    const offset = (row - (lines.length - 1) / 2) * 13;
    return svg('text', { x: left + 20, y: y + offset + 4 }, line);
  });
  const box = svg(
    'a',
    {
      class: `box ${verdict}${isFaint ? ' faint' : ''}`,
      href: href ?? `#${name}`,
      'data-index': index,
      'aria-label': text,
    },
    svg('title', {}, text),
    svg('rect', { x: left, y: top, width, height: boxHeight, rx: 5 }),
    svg(
      'text',
      { x: left + 6, y: y + 4, class: 'sign', 'aria-hidden': 'true' },
      verdictSigns[verdict] ?? '○',
    ),
    ...rows,
  );
  if (tell) {
    box.addEventListener('click', (event) => {
      event.preventDefault();
      byId('told').replaceChildren(...tell());
    });
  }
  return box;
}

/** A line through points that runs straight and bends in turns. */
function curve(points) {
  let path = `M${points[0]} ${points[1]}`;
  for (let at = 2; at < points.length; at += 2) {
    const [px, py, x, y] = points.slice(at - 2, at + 2);
    const middle = (px + x) / 2;
    path += at % 4 === 2 ? ` L${x} ${y}` : ` C${middle} ${py} ${middle} ${y} ${x} ${y}`;
  }
  return path;
}

/** Brings out one box with all lines to and from it, or none. */
function trace(picture, box) {
  picture.classList.toggle('tracing', Boolean(box));
  const index = box?.dataset.index;
  const near = new Set([index]);
  for (const line of picture.querySelectorAll('.line')) {
    const isNear = Boolean(box) && (line.dataset.from === index || line.dataset.to === index);
    line.classList.toggle('near', isNear);
    if (isNear) near.add(line.dataset.from).add(line.dataset.to);
  }
  for (const each of picture.querySelectorAll('.box'))
    each.classList.toggle('near', near.has(each.dataset.index));
}

/** The box that is nearest in a direction. */
function nearest(index, [right, down]) {
  const { nodes } = shown.layout;
  const [x, y] = nodes[index];
  const distances = nodes.map(([ox, oy], other) => {
    const along = (ox - x) * right + (oy - y) * down;
    const across = Math.abs((ox - x) * down) + Math.abs((oy - y) * right);
    return other === index || along <= 0 ? Number.POSITIVE_INFINITY : along + 2 * across;
  });
  const best = distances.indexOf(Math.min(...distances));
  return Number.isFinite(distances[best])
    ? byId('canvas').querySelector(`[data-index="${best}"]`)
    : undefined;
}

function resize(how) {
  if (!shown.layout) return;
  const width = shown.layout.width + 2 * margin;
  const room = byId('canvas').clientWidth - 2;
  if (how === 'fit') shown.zoom = Math.min(1, Math.max(smallest, room / width));
  else if (how) shown.zoom = Math.min(2.5, Math.max(0.3, shown.zoom * (how === 'in' ? 1.25 : 0.8)));
  const picture = byId('canvas').querySelector('svg');
  picture.setAttribute('width', Math.round(width * shown.zoom));
  picture.setAttribute('height', Math.round((shown.layout.height + 2 * margin) * shown.zoom));
}

function trailOf({ system, stratum }) {
  const parts = [];
  if (system)
    parts.push(stratum ? html('a', { href: addressOf({ system }) }, system) : html('strong', {}, system));
  if (system && stratum) parts.push(' › ');
  if (stratum) parts.push(html('strong', {}, stratum));
  return parts;
}

function legend() {
  const entries = Object.entries(verdictSigns).map(([verdict, sign]) => [
    verdict,
    sign,
    report.words.verdictWords[verdict],
  ]);
  entries.push(['replaced', '○', 'replaced by another element']);
  return entries.flatMap(([verdict, sign, word]) => [
    html('span', { class: `sign ${verdict}`, 'aria-hidden': 'true' }, sign),
    `${word} `,
  ]);
}
