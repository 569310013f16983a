/** The variable of project.conf that holds a percent sign. */
export const percentVariable = 'pct';

/**
 * Keeps BuildStream from expanding `%{name}` in a text that means it literally. There is no escape for it, so a
 * variable of project.conf holds the percent sign.
 */
export function escapeVariables(text: string): string {
  return text.replace(/%(?=\{[a-zA-Z][a-zA-Z0-9_-]*\})/g, `%{${percentVariable}}`);
}
