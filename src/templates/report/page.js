import { byId, html } from './dom.js';
import { preparePicture, showPicture } from './picture.js';
import { addressOf, filters, readState, report } from './state.js';
import { showSummary } from './summary.js';
import { markSystem, showSystems } from './systems.js';
import { makeWork, openItem, showWork } from './work.js';

const severities = { error: 'errors', manual: 'need a hand', warning: 'warnings', info: 'notes' };

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
fillSelect('severity', 'all severities', Object.entries(severities));
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
// An entry may be hidden by what is asked for: then everything is shown first.
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-item]');
  if (!link) return;
  event.preventDefault();
  reach(Number(link.dataset.item));
});
follow();

/** Shows what the address asks for: a state, or one entry. */
function follow() {
  const item = /^#item-(\d+)$/.exec(location.hash);
  if (item) return reach(Number(item[1]));
  if (byId(location.hash.slice(1))) return;
  const state = readState();
  if (report.systems.length === 1 && !state.system && !state.stratum) state.system = report.systems[0].path;
  for (const name of filters) byId(name).value = state[name];
  show(state);
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

function reach(id) {
  if (openItem(id)) return;
  for (const name of filters) byId(name).value = '';
  show(Object.fromEntries(filters.map((name) => [name, ''])));
  openItem(id);
}

function fillSelect(id, all, options) {
  byId(id).append(
    html('option', { value: '' }, all),
    ...options.map(([value, text]) => html('option', { value }, text)),
  );
}
