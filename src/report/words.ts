import { severityWords } from '../diagnostics/severity-words.js';
import type { ConversionReport, Tally } from './report.js';

/** What verdicts are called where people read them. */
export const verdictWords = {
  exact: 'exact',
  approximate: 'approximate',
  manual: 'needs a hand',
  'left-out': 'left out',
} as const;

/** How far the whole of it goes, in a sentence. */
export const statusWords: Readonly<Record<ConversionReport['status'], string>> = {
  complete: 'Everything can be converted; what is left to do is listed below.',
  partial: 'What has errors, and what needs that, is left out; with --keep-going the rest is converted.',
  failed: 'Errors that concern all of it keep it from being converted.',
};

/** `3 exact, 1 needs a hand`. */
export function tallyWords({ exact, approximate, manual, leftOut }: Tally): string {
  const parts: [number, string][] = [
    [exact, 'exact'],
    [approximate, 'approximate'],
    [manual, severityWords.manual[manual === 1 ? 0 : 1]],
    [leftOut, 'left out'],
  ];
  const words = parts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : []));
  return words.length > 0 ? words.join(', ') : 'no elements';
}
