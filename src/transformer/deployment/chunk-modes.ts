import type { Chunk, Command, System } from '../../definitions/model.js';
import { steps } from '../../definitions/steps.js';
import { findInvocations } from '../../shell/invocations.js';
import { mayHoldWords } from '../../shell/quotes.js';
import { strataOf } from '../context.js';
import { givenMode, mayLoseMode } from '../requirements/modes.js';
import type { Stage } from '../requirements/rule.js';
import { isPlain } from './install-files.js';

/** A mode that a command of a chunk gives to files that are known by path. */
export interface ChunkMode {
  readonly mode: string;
  /** Absolute paths in the system. */
  readonly paths: readonly string[];
}

/** Folders of programs: what is installed to one of them is a file in it. */
const folders = /(?:^|\/)(?:bin|sbin|lib|libexec|etc|tmp)$/;

/**
 * The modes that a command gives and that artifacts do not keep, by the offset of the command in the text: only where
 * all its paths are known, so that a list of modes can give them again.
 */
export function modesGivenBy(text: string, chunk: Chunk, stage: Stage): Map<number, ChunkMode> {
  const found = new Map<number, ChunkMode>();
  if (!mayHoldWords(text, mayLoseMode)) return found;
  for (const command of findInvocations(text)) {
    const given = givenMode(command);
    if (!given?.octal) continue;
    const paths = given.paths.map((path) => resolved(path, chunk, stage));
    const isFolder = (path: string) => folders.test(path) && given.isFileInFolder;
    if (paths.length === 0 || paths.some((path) => path === undefined || isFolder(path))) continue;
    found.set(command.start, { mode: given.octal, paths: paths as string[] });
  }
  return found;
}

/** `"$DESTDIR"/bin/su` → `/bin/su`; undefined for what is not known without running the command. */
function resolved(path: string, { name, prefix }: Chunk, stage: Stage): string | undefined {
  const values: Readonly<Record<string, string>> = { DESTDIR: '', PREFIX: prefix?.text ?? '/usr' };
  const isInstalled = /^\$\{?DESTDIR\b/.test(path) || path.startsWith(`/${name}.inst/`);
  if (!isInstalled && !(stage === 'integration' && path.startsWith('/'))) return undefined;
  const expanded = path
    .replace(new RegExp(`^/${name.replace(/[^\w]/g, '\\$&')}\\.inst/`), '/')
    .replace(
      /\$(?:\{(DESTDIR|PREFIX)\}|(DESTDIR|PREFIX)\b)/g,
      (_, braced, plain) => values[braced ?? plain]!,
    );
  const absolute = `/${expanded}`.replace(/\/+/g, '/').replace(/(?<=.)\/$/, '');
  const isKnown = isPlain(absolute) && !/[$*?[{`~]/.test(absolute) && !/\/\.{1,2}(?:\/|$)/.test(absolute);
  return isKnown ? absolute : undefined;
}

/** The commands of a chunk, with where they run. */
function commandsOf({ commands, systemIntegration }: Chunk): { command: Command; stage: Stage }[] {
  return [
    ...steps.flatMap((step) =>
      (commands.get(step) ?? []).map((command) => ({ command, stage: 'build' as const })),
    ),
    ...systemIntegration.flatMap((each) =>
      each.commands.map((command) => ({ command, stage: 'integration' as const })),
    ),
  ];
}

/**
 * What the chunks of a system declare or give to files and artifacts lose, as lines of a list of modes: device nodes,
 * and modes as far as their files are known. A file that the system does not hold is passed over.
 */
export function modesOfSystem(system: System): string[] {
  return strataOf(system).flatMap(({ chunks }) => chunks.flatMap(modesOfChunk));
}

/** Remembers what `modesOfChunk` found: a chunk is part of many systems. */
const found = new WeakMap<Chunk, readonly string[]>();

function modesOfChunk(chunk: Chunk): readonly string[] {
  const known = found.get(chunk);
  if (known) return known;
  const own = chunk.bootstrap ? [] : [...deviceLines(chunk), ...modeLines(chunk)];
  const lines = own.length > 0 ? [`# ${chunk.name}`, ...own] : [];
  found.set(chunk, lines);
  return lines;
}

function deviceLines({ devices }: Chunk): string[] {
  return devices.map(({ type, filename, major, minor, uid, gid, permissions }) => {
    const mode = permissions.replace(/^0o?(?=\d{3})/, '');
    return `${mode} ${uid} ${gid} ${type} ${major} ${minor} /${filename.replace(/^\.?\/+/, '')}`;
  });
}

function modeLines(chunk: Chunk): string[] {
  return commandsOf(chunk).flatMap(({ command, stage }) =>
    [...modesGivenBy(command.text, chunk, stage).values()].flatMap(({ mode, paths }) =>
      paths.map((path) => `?${mode} 0 0 ${path}`),
    ),
  );
}
