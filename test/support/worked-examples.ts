import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The chapter of MIGRATION.md that the examples are in. */
const chapter = 'Hand work, kind by kind';

/** The sample that they speak of. */
export const handWork = new URL('../../samples/hand-work/', import.meta.url).pathname;

/** A kind of hand work, as MIGRATION.md shows it. */
export interface WorkedExample {
  readonly title: string;
  /** What is quoted of the report before the edits. */
  readonly reported: readonly string[];
  readonly edits: readonly string[];
  /** What is quoted of the report after them. */
  readonly left: readonly string[];
  /** What is quoted of logs of BuildStream, line by line. */
  readonly logged: readonly string[];
}

/** The examples of MIGRATION.md, in their order. */
export function workedExamples(): WorkedExample[] {
  const guide = readFileSync(new URL('../../MIGRATION.md', import.meta.url), 'utf8');
  const [, ...rest] = guide.split(`\n## ${chapter}\n`);
  const [text = ''] = (rest[0] ?? '').split(/\n## /);
  const sections = text.split(/^### /m).slice(1);
  return sections.map((section) => {
    const blocks = [...section.matchAll(/^```(text|diff)\n(.*?)^```$/gms)];
    const first = blocks.findIndex(([, language]) => language === 'diff');
    const quoted = (from: number, to?: number) =>
      blocks.slice(from, to).flatMap(([, language, block]) => (language === 'text' ? [block!] : []));
    const end = first < 0 ? blocks.length : first;
    return {
      title: section.slice(0, section.indexOf('\n')),
      reported: quoted(0, end),
      edits: blocks.flatMap(([, language, block]) => (language === 'diff' ? [block!] : [])),
      left: quoted(end),
      logged: [...section.replaceAll(/^```.*?^```$/gms, '').matchAll(/^ {4}(\S.*|\s+\S.*)$/gm)].map(
        ([, line]) => line!.trim(),
      ),
    };
  });
}

/** True for an edit of the project: the others are edits of the definitions. */
export function isOfProject(edit: string): boolean {
  return /^\+\+\+ b\/project\//m.test(edit);
}

/** Makes an edit in a folder that holds `definitions` and `project`, as a reader would. */
export function applyEdit(folder: string, edit: string): void {
  execFileSync('git', ['apply', '-'], { cwd: folder, input: edit, stdio: ['pipe', 'pipe', 'pipe'] });
}

/** The edits that lie in the sample, by path. */
export function sampleEdits(): Map<string, string> {
  const paths = (readdirSync(join(handWork, 'edits'), { recursive: true }) as string[]).filter((path) =>
    path.endsWith('.diff'),
  );
  return new Map(paths.sort().map((path) => [path, readFileSync(join(handWork, 'edits', path), 'utf8')]));
}
