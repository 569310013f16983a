import { byId, counted, html } from './dom.js';
import { addressOf, report } from './state.js';

/** Verdicts, the names of their numbers, and the signs that stand for them beside the colour. */
export const verdictSigns = { exact: '●', approximate: '◐', manual: '▲', 'left-out': '✕' };

const tallies = [
  ['exact', 'exact'],
  ['approximate', 'approximate'],
  ['manual', 'manual'],
  ['left-out', 'leftOut'],
];

/** A bar that shows how many elements have which verdict. */
export function bar(elements) {
  const present = tallies.filter(([, key]) => elements[key] > 0);
  const said = present.map(([verdict, key]) => `${elements[key]} ${report.words.verdictWords[verdict]}`);
  const parts = present.map(([verdict, key]) => {
    const part = html('span', { class: `fill ${verdict}` });
    part.style.flexGrow = elements[key];
    return part;
  });
  return html('span', { class: 'bar', role: 'img', 'aria-label': said.join(', ') || 'no elements' }, parts);
}

/** Fills the head and the foot of the page. */
export function showSummary() {
  const { definitions, tool, totals, status, words } = report;
  const format = definitions.format === null ? 'no version' : `version ${definitions.format}`;
  byId('about').append(
    `${tool.name} ${tool.version} · definitions format: ${format} · ${words.statusWords[status]}`,
  );
  const legend = tallies.map(([verdict, key]) =>
    html(
      'li',
      {},
      html('span', { class: `sign ${verdict}`, 'aria-hidden': 'true' }, verdictSigns[verdict]),
      html('strong', {}, `${totals.elements[key]}`),
      ` ${verdict === 'manual' && totals.elements.manual !== 1 ? report.words.severityWords.manual[1] : words.verdictWords[verdict]}`,
    ),
  );
  const found = Object.entries(report.words.severityWords).map(([severity, [one, several]]) => {
    const count = totals.diagnostics[severity];
    const text = [html('strong', {}, `${count}`), ` ${count === 1 ? one : several}`];
    return html('li', {}, count > 0 ? html('a', { href: addressOf({ severity }) }, text) : text);
  });
  const kinds = [
    ['systems', 'system'],
    ['strata', 'stratum'],
    ['chunks', 'chunk'],
    ['clusters', 'cluster'],
  ];
  const counts = kinds.map(([several, one]) =>
    html('li', {}, html('strong', {}, `${totals[several]}`), ` ${totals[several] === 1 ? one : several}`),
  );
  const card = (title, ...contents) => html('div', { class: 'card' }, html('h2', {}, title), contents);
  byId('summary').append(
    card(
      counted(totals.elements.total, 'element'),
      bar(totals.elements),
      html('ul', { class: 'numbers' }, legend),
    ),
    card('Found', html('ul', { class: 'numbers' }, found)),
    card('Definitions', html('ul', { class: 'numbers' }, counts)),
  );
  byId('rule').append(
    'An element is exact if it is what Baserock would have. It is approximate, needs a hand or is left out by the worst ' +
      'that was found in what it came from: the chunk’s file, its entry in the stratum, the build system that it uses, ' +
      'the stratum or the system. What concerns the project as a whole is listed, but counts for no single element.',
  );
}
