import type { Rule } from './rule.js';

/**
 * `tar` run as root gives what it extracts to the owners that the archive names; for any but root the sandbox refuses
 * that, and `tar` fails.
 */
export const archives: Rule = {
  names: ['tar', 'bsdtar', 'gtar'],
  sign: /x|--get/,
  check: ({ name, words }) => {
    const args = words.slice(1).map(({ text }) => text);
    const letters = args.flatMap((text, index) =>
      /^-[^-]/.test(text) || (index === 0 && /^[a-zA-Z]+$/.test(text)) ? [...text.replace(/^-/, '')] : [],
    );
    const extracts = letters.includes('x') || args.includes('--extract') || args.includes('--get');
    const keepsOwners = !letters.includes('o') && !args.includes('--no-same-owner');
    const isFile = letters.includes('f')
      ? !args.includes('-')
      : args.some((text) => text.startsWith('--file'));
    if (!extracts || !keepsOwners || !isFile) return [];
    return [{ code: 'archive-owners', message: `\`${name}\` restores the owners that the archive names` }];
  },
};
