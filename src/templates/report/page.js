import { byId, html } from './dom.js';
import { preparePicture, showPicture } from './picture.js';
import { addressOf, filters, readState, report } from './state.js';
import { showSummary } from './summary.js';
import { markSystem, showSystems } from './systems.js';
import { makeWork, openItem, showWork } from './work.js';

fillSelect(
  'system',
  'all systems',
  report.systems.map(({ path }) => [path, path]),
);
fillSelect('stratum', 'all strata', report.strata.map(({ path }) => [path, path]).sort());
fillSelect(
  'code',
  'all codes',
  Object.entries(report.codes).map(([code, { count }]) => [code, `${code} (${count})`]),
);
fillSelect(
  'severity',
  'all severities',
  Object.entries(report.words.severityWords).map(([severity, [, several]]) => [severity, several]),
);
showSummary();
showSystems();
makeWork();
preparePicture();

for (const name of filters) byId(name).addEventListener('input', apply);
byId('filters').addEventListener('submit', (event) => event.preventDefault());
byId('filters').addEventListener('reset', (event) => {
  event.preventDefault();
  for (const name of filters) byId(name).value = '';
  apply();
});
addEventListener('hashchange', follow);
addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.target.matches('input, select')) return;
  event.preventDefault();
  byId('q').focus();
});
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-item]');
  if (!link) return;
  event.preventDefault();
  reach(Number(link.dataset.item));
});
choose(readState());
if (location.hash.length > 1) follow();

/** Goes where the address leads: to a state, one entry, or a part of the page. */
function follow() {
  const item = /^#item-(\d+)$/.exec(location.hash);
  if (item) return reach(Number(item[1]));
  if (byId(location.hash.slice(1))) return;
  const state = readState();
  choose(state);
  goTo(state.system || state.stratum ? 'picture' : 'work');
}

/** Shows a state, in the fields as well. Where there is one system only, it is chosen. */
function choose(state) {
  const isOne = report.systems.length === 1 && !state.stratum;
  const system = isOne ? report.systems[0].path : state.system;
  for (const name of filters) byId(name).value = name === 'system' ? system : state[name];
  show({ ...state, system });
}

/** Whoever follows a link reads on where it leads. */
function goTo(id) {
  byId(id).focus({ preventScroll: true });
  byId(id).scrollIntoView();
}

/** Shows what the fields ask for, and keeps it in the address. */
function apply() {
  const state = Object.fromEntries(filters.map((name) => [name, byId(name).value]));
  history.replaceState(null, '', addressOf(state));
  show(state);
}

function show(state) {
  markSystem(state.system);
  showPicture(state);
  showWork(state);
}

/** Opens an entry, which may be hidden by what is asked for: then everything is shown first. */
function reach(id) {
  if (openItem(id)) return;
  choose(Object.fromEntries(filters.map((name) => [name, ''])));
  openItem(id);
}

function fillSelect(id, all, options) {
  byId(id).append(
    html('option', { value: '' }, all),
    ...options.map(([value, text]) => html('option', { value }, text)),
  );
}
