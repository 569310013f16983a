/** A text that holds several files, each under a line `-- path --`, and something above them. */
export interface Fixture {
  readonly head: string;
  readonly files: ReadonlyMap<string, string>;
}

const separator = /^-- (.+) --\n/m;

export function parseFixture(text: string): Fixture {
  const [head = '', ...parts] = text.split(separator);
  const files = new Map<string, string>();
  for (let i = 0; i < parts.length; i += 2) files.set(parts[i]!, parts[i + 1]!);
  return { head, files };
}

export function formatFixture({ head, files }: Fixture): string {
  return head + [...files].map(([path, text]) => `-- ${path} --\n${text}`).join('');
}
