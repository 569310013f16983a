import { renderMarkdown } from './markdown.js';
import type { ConversionReport } from './report.js';

/**
 * Renders a report in all its forms.
 *
 * @returns `report.json`, `report.md` and `report.html`: path → text. The same report gives the same bytes.
 */
export async function renderReport(report: ConversionReport): Promise<Map<string, string>> {
  // What draws pictures is loaded for reports only.
  const { renderHtml } = await import('./html.js');
  return new Map([
    ['report.html', renderHtml(report)],
    ['report.json', `${JSON.stringify(report, null, 2)}\n`],
    ['report.md', renderMarkdown(report)],
  ]);
}
