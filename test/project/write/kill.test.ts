import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recoverProject } from '../../../src/project/write/recover.js';
import { writeProject } from '../../../src/project/write/write-project.js';
import { tries } from '../../support/effort.js';
import { compileWriter, contentsOf, type Files, put, snapshot, temporaryFolder } from './support.js';

const KILLS = Number(process.env.KILLS ?? tries(40, 210));

let compiled: string;
beforeAll(() => {
  compiled = compileWriter();
  put(compiled, {
    'run.js': `import { readFileSync } from 'node:fs';
import { recoverProject } from './project/write/recover.js';
import { writeProject } from './project/write/write-project.js';
process.on('message', async ([what, out]) => {
  const files = what === 'recover' ? undefined : new Map(JSON.parse(readFileSync(what, 'utf8')));
  process.send('started', async () => {
    const start = performance.now();
    const { diagnostics } = files ? await writeProject(files, out) : await recoverProject(out);
    process.send([performance.now() - start, diagnostics.filter(({ severity }) => severity === 'error')]);
    process.disconnect();
  });
});
process.send('ready');`,
  });
});
afterAll(() => rmSync(compiled, { recursive: true }));

/** A project of many files; two versions of it differ in most of them, and in which there are. */
function version(name: 'old' | 'new'): Files {
  const files: Files = new Map();
  for (let index = 0; index < 150; index++) {
    const isIn = name === 'old' ? index % 7 !== 0 : index % 5 !== 0;
    const content = index % 3 === 0 ? 'kind: stack\n' : `kind: manual # ${name}\n`.repeat(1 + (index % 40));
    if (isIn) files.set(`elements/s${index % 9}/c${index}.bst`, { content });
  }
  files.set(name === 'old' ? 'flip' : 'flip/file', { content: 'flip' });
  files.set('files/run', name === 'old' ? { content: '#!', executable: true } : { content: '#!' });
  return files;
}

const own = {
  '.git/HEAD': 'ref: refs/heads/master\n',
  '.git/objects/ab/cdef': 'object',
  'notes.txt': 'mine',
  'elements/s1/mine.bst': 'kind: mine\n',
  'elements/s2/c2.bst.orig': 'mine',
};

interface Count {
  old: number;
  new: number;
  nothing: number;
  'rolled back': number;
  completed: number;
  kills: number;
  recoveries: number;
  unharmed: number;
}

/** Starts processes ahead of their use, since starting one takes longer than what it is for. */
class Starter {
  #next = this.#start();

  #start(): Promise<ChildProcess> {
    const child = fork(join(compiled, 'run.js'));
    return new Promise((resolve, reject) => {
      child.once('message', () => resolve(child));
      child.once('error', reject);
    });
  }

  /** Runs a process; kills it after a time. Returns how long it took, or undefined if it was killed before its end. */
  async run(what: string, out: string, delay?: number): Promise<number | undefined> {
    const child = await this.#next;
    this.#next = this.#start();
    return new Promise((resolve, reject) => {
      let took: number | undefined;
      child.on('message', (message: 'started' | [number, unknown[]]) => {
        if (message === 'started') {
          if (delay !== undefined) setTimeout(() => child.kill('SIGKILL'), delay);
        } else if (message[1].length > 0) reject(new Error(JSON.stringify(message[1])));
        else took = message[0];
      });
      child.on('exit', (code) =>
        code === 0 || code === null ? resolve(took) : reject(new Error(`exit ${code}`)),
      );
      child.send([what, out]);
    });
  }

  async end(): Promise<void> {
    (await this.#next).kill('SIGKILL');
  }
}

const median = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;

/** Kills one run after the other over one project, each on its way from the state that the last one left to the other. */
async function lane(folder: string, kills: number): Promise<Count> {
  const out = join(folder, 'out');
  const states = { old: {} as Record<string, string>, new: {} as Record<string, string> };
  for (const name of ['old', 'new'] as const) {
    writeFileSync(join(folder, `${name}.json`), JSON.stringify([...version(name)]));
    await writeProject(version(name), join(folder, name));
    states[name] = { ...snapshot(join(folder, name)), ...own, link: '-> nowhere', 'own/': 'empty folder' };
    expect(states[name]).toMatchObject(contentsOf(version(name)));
  }
  await writeProject(version('old'), out);
  put(out, own);
  mkdirSync(join(out, 'own'));
  symlinkSync('nowhere', join(out, 'link'));
  expect(snapshot(out)).toEqual(states.old);

  const starter = new Starter();
  let state: 'old' | 'new' = 'old';
  const times: number[] = [];
  const go = (delay?: number) =>
    starter.run(join(folder, `${state === 'old' ? 'new' : 'old'}.json`), out, delay);
  for (let number = 0; number < 4; number++) {
    times.push((await go())!);
    state = state === 'old' ? 'new' : 'old';
    expect(snapshot(out)).toEqual(states[state]);
  }

  const count: Count = {
    old: 0,
    new: 0,
    nothing: 0,
    'rolled back': 0,
    completed: 0,
    kills: 0,
    recoveries: 0,
    unharmed: 0,
  };
  while (count.kills < kills) {
    const goal: 'old' | 'new' = state === 'old' ? 'new' : 'old';
    const took = await go(Math.random() * median(times) * 1.1);
    if (took === undefined) count.kills++;
    else {
      count.unharmed++;
      times.push(took);
    }
    if (took === undefined && count.kills % 6 === 0) {
      if ((await starter.run('recover', out, (Math.random() * median(times)) / 3)) === undefined)
        count.recoveries++;
    }
    const { recovery, diagnostics } = await recoverProject(out);
    expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    const found = snapshot(out);
    const isDone = found['.baserock2bst/manifest.json'] === states[goal]['.baserock2bst/manifest.json'];
    expect(found).toEqual(states[isDone ? goal : state]);
    if (took !== undefined) expect(isDone).toBe(true);
    else {
      if (recovery !== 'nothing') expect(recovery).toBe(isDone ? 'completed' : 'rolled back');
      count[isDone ? 'new' : 'old']++;
      count[recovery]++;
    }
    if (isDone) state = goal;
  }
  await starter.end();
  return count;
}

it(`${KILLS} kills at random moments leave the old or the new project, and all that is the person's`, async () => {
  const folders = [temporaryFolder(), temporaryFolder(true)];
  try {
    const counts = await Promise.all(
      folders.map((folder) => lane(folder, Math.ceil(KILLS / folders.length))),
    );
    const total = { ...counts[0]! };
    for (const key of Object.keys(total) as (keyof Count)[]) total[key] += counts[1]![key];
    console.log(
      `${total.kills} kills: ${total.old} left the old project, ${total.new} the new one; recovery: ` +
        `${total.nothing} nothing to do, ${total['rolled back']} rolled back, ${total.completed} completed; ` +
        `${total.recoveries} recoveries killed as well; ${total.unharmed} runs ended before their kill`,
    );
    expect(total.kills).toBeGreaterThanOrEqual(KILLS);
    for (const kind of ['old', 'new', 'rolled back', 'completed'] as const) {
      expect([kind, total[kind] >= tries(1, KILLS / 20)]).toEqual([kind, true]);
    }
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true });
  }
});
