import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isShown, readSteps, renewShown } from './console.js';
import { type Block, guides, readBlocks, root } from './guides.js';
import { missing, needsBuildStream, type Scene, Stage, sceneOf } from './scenes.js';

/** A block that does something, and where. */
export interface Played {
  readonly block: Block;
  readonly scene: Scene;
}

/** The blocks of a guide that do something: commands, patches, and files. */
export function playedIn(guide: string): Played[] {
  return readBlocks(guide).flatMap((block) => {
    const scene = sceneOf(block);
    return scene ? [{ block, scene }] : [];
  });
}

/** Does what a reader would do with a block, and fails if that does not go as the guide says. */
export async function play({ block, scene: { writes } }: Played, stage: Stage): Promise<void> {
  if (block.language === 'console') await check(block, stage);
  else stage.change(block.lines.map((line) => `${line}\n`).join(''), writes);
}

/**
 * Tests that run the commands of all guides and compare what they print; UPDATE=1 rewrites what is shown instead.
 *
 * @param withBuildStream whether to run what needs BuildStream, with all that comes before it; otherwise all the rest.
 */
export function describeCommands(withBuildStream: boolean): void {
  for (const guide of guides) {
    const all = playedIn(guide).filter(({ scene }) => !scene.name.startsWith('recipe'));
    for (const name of new Set(all.map(({ scene }) => scene.name))) {
      const played = all.filter(({ scene }) => scene.name === name);
      const wanted = withBuildStream
        ? played.slice(0, played.findLastIndex(({ scene }) => needsBuildStream(scene)) + 1)
        : played.filter(({ scene }) => !needsBuildStream(scene));
      if (wanted.length > 0) describe(`${guide}, in ${name}`, () => describeScene(wanted));
    }
  }
}

function describeScene(played: readonly Played[]): void {
  let stage: Stage;
  beforeAll(async () => {
    const needs = [...new Set(played.flatMap(({ scene }) => scene.needs))];
    if (played.every(({ scene }) => missing(scene).length > 0)) return;
    const scene = {
      ...played[0]!.scene,
      needs: needs.filter((need) => missing({ name: '', needs: [need] }).length === 0),
    };
    stage = new Stage(scene);
    await stage.prepare(scene);
  });
  afterAll(() => stage?.remove());
  for (const one of played) {
    const { block, scene } = one;
    const lacking = missing(scene);
    const title = `line ${block.line}: ${block.heading}`;
    if (lacking.length === 0) test(title, () => play(one, stage));
    else if (process.env.CI) test(title, () => expect(lacking).toEqual([]));
    else test.skip(`${title} (skipped: ${lacking.join(', ')} not found)`, () => {});
  }
}

async function check(block: Block, stage: Stage): Promise<void> {
  const steps = readSteps(block.lines);
  const ran = await stage.run(steps.map(({ command }) => command));
  const renewed: string[] = [];
  let hasChanged = false;
  for (const [index, { command, line, length, output }] of steps.entries()) {
    const { status, output: printed } = ran[index]!;
    const place = `${block.guide}:${block.line + 1 + line}: ${command}`;
    if (steps[index + 1]?.command !== 'echo $?' && status !== 0)
      throw new Error(`${place}\nfailed with ${status}:\n${printed.join('\n')}`);
    const isRight = output.length === 0 || isShown(output, printed);
    renewed.push(
      ...block.lines.slice(line, line + length),
      ...(isRight ? output : renewShown(output, printed)),
    );
    hasChanged ||= !isRight;
    if (!isRight && !process.env.UPDATE)
      expect(printed.join('\n'), `${place}\nprints something else than the guide says`).toBe(
        output.join('\n'),
      );
  }
  if (hasChanged) rewrite(block, renewed);
}

/** Puts other lines into a block; the lines of a guide may have moved meanwhile. */
function rewrite(block: Block, lines: readonly string[]): void {
  const file = join(root, block.guide);
  const text = readFileSync(file, 'utf8');
  const fenced = (inside: readonly string[]) =>
    `\`\`\`console\n${inside.map((line) => `${line}\n`).join('')}\`\`\``;
  if (!text.includes(fenced(block.lines)))
    throw new Error(`${block.guide}:${block.line} is not to be found any more`);
  writeFileSync(
    file,
    text.replace(fenced(block.lines), () => fenced(lines)),
  );
}
