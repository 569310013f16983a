import type { Command } from 'commander';
import { renderBash } from './bash.js';
import { commandShapes } from './command-shape.js';
import { renderFish } from './fish.js';
import { renderZsh } from './zsh.js';

/** The shells that there is a script for. */
export type Shell = 'bash' | 'zsh' | 'fish';

const renderers = { bash: renderBash, zsh: renderZsh, fish: renderFish };

/** The script by which a shell completes the command line of a program. */
export function renderCompletion(program: Command, shell: Shell): string {
  return renderers[shell](commandShapes(program));
}
