import { createHash } from 'node:crypto';
import { severityWords } from '../diagnostics/severity-words.js';
import { readTemplates } from '../templates/read-templates.js';
import { boxHeight } from './layout.js';
import { drawPictures } from './pictures.js';
import type { ConversionReport } from './report.js';
import { statusWords, verdictWords } from './words.js';
import { stepTitles } from './work-steps.js';

/** The modules of the page, in the order in which they stand in its one script. */
const modules = ['state', 'dom', 'summary', 'systems', 'picture', 'work', 'page'];

/** A report as one page that needs nothing else: no server, no other file. */
export function renderHtml(report: ConversionReport): string {
  const templates = readTemplates('report');
  const text = (path: string) => String(templates.get(path)!.content);
  const { elements: _, ...shown } = report;
  const pictures = { ...drawPictures(report), boxHeight };
  const data = JSON.stringify({
    ...shown,
    pictures,
    words: { severityWords, stepTitles, statusWords, verdictWords },
  });
  const script = `'use strict';\n${modules.map((name) => asScript(text(`${name}.js`))).join('\n')}`;
  const style = text('report.css');
  const parts: Record<string, string> = {
    title: escapeHtml(`Conversion of ${report.definitions.name}`),
    policy: `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'">`,
    style: `<style>${style}</style>`,
    // No text of the definitions can end the element that holds it.
    scripts: `<script type="application/json" id="data">${data.replaceAll('<', '\\u003c')}</script>\n<script>${script}</script>`,
  };
  return text('report.html').replace(/<!-- (\w+) -->/g, (_, name: string) => parts[name]!);
}

/** A module as a part of one script: what it exports and imports is in the same scope. */
function asScript(module: string): string {
  return module.replace(/^import [^;]*;\n/gm, '').replace(/^export /gm, '');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);
}
