/** `$'\x61'`: a character by its number. */
const numbered = /\$'[^']*\\[0-7uUx]/;

/**
 * True if a test is true of a piece of shell as it is written, or as its words are without their quotes, however deep
 * these are nested: what spares parsing what cannot hold the words that matter. A text whose words would have to be
 * decoded passes any test.
 */
export function mayHoldWords(text: string, test: (text: string) => boolean): boolean {
  if (test(text)) return true;
  if (!/["'\\]/.test(text)) return false;
  return numbered.test(text) || test(text.replace(/\\\n|\$(?=["'])|["'\\]/g, ''));
}
