import type { Severity } from '../../diagnostics/catalogue.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';

const commands: Readonly<Record<Severity, string>> = {
  error: 'error',
  manual: 'warning',
  warning: 'warning',
  info: 'notice',
};

/**
 * Diagnostics as workflow commands, which GitHub shows as annotations of the files
 * (docs.github.com/actions/reference/workflow-commands-for-github-actions).
 *
 * @param folder the path of the definitions below the root of the repository; empty if they are its root.
 */
export function renderGithub(diagnostics: readonly Diagnostic[], folder = ''): string {
  return diagnostics
    .map(({ code, severity, message, hint, place }) => {
      const title = severity === 'manual' ? `${code}: needs a hand` : code;
      const properties = {
        ...(place ? { file: folder === '' ? place.file : `${folder}/${place.file}`, line: place.line } : {}),
        // Columns are taken only for what is in one line.
        ...(place && place.endLine === place.line && place.endColumn > place.column
          ? { col: place.column, endColumn: place.endColumn }
          : {}),
        title,
      };
      const given = Object.entries(properties).map(([name, value]) => `${name}=${property(`${value}`)}`);
      return `::${commands[severity]} ${given.join(',')}::${data(`${message}\n${hint}`)}\n`;
    })
    .join('');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
