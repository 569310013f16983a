import { compareBytes } from '../byte-order.js';
import type { Chunk, Command, Stratum } from '../definitions/model.js';
import { escapeVariables } from '../project/escape-variables.js';
import type { CommentedText } from '../project/model.js';
import { chunkArtifacts } from './artifacts.js';
import type { Context } from './context.js';
import { originOfCommand } from './origins.js';

/** The variable of project.conf whose value ends a command unless a system is being put together. */
export const guard = 'system-only';

/** One script of system integration: a list of commands with the name by which Baserock orders it. */
export interface IntegrationScript {
  readonly chunk: Chunk;
  readonly script: string;
  /** `<script>-<artifact>`: Baserock runs the scripts of a system in the order of these bytes (ybd, morph). */
  readonly key: string;
  readonly commands: readonly Command[];
}

/** The integration scripts of some chunks in the order in which Baserock runs them in a system. */
export function integrationScripts(chunks: readonly Chunk[]): IntegrationScript[] {
  const scripts = chunks.flatMap((chunk) =>
    chunk.systemIntegration.map(({ artifact, script, commands }) => ({
      chunk,
      script: script.text,
      key: `${script.text}-${artifact.text}`,
      commands,
    })),
  );
  return scripts.sort((a, b) => compareBytes(a.key, b.key));
}

/**
 * The integration commands that a chunk's element carries. BuildStream runs them in every build in which the chunk is
 * staged, Baserock only in systems: so each begins with the guard, unless the caller wants it otherwise.
 */
export function chunkIntegration(chunk: Chunk, { options }: Context): CommentedText[] {
  if (options.integration === 'system') return [];
  const guarded = options.integration !== 'everywhere';
  return integrationScripts([chunk]).flatMap(({ commands }) =>
    commands.map((command) => integrationCommand(command, guarded)),
  );
}

/** All integration commands of some strata in exactly Baserock's order, each script under a comment naming its chunk. */
export function systemIntegration(strata: readonly Stratum[]): CommentedText[] {
  const chunks = strata.flatMap((stratum) => stratum.chunks);
  return integrationScripts(chunks).flatMap(({ chunk, script, commands }) =>
    commands.map((command, index) => {
      const text = integrationCommand(command, false);
      const origin = index === 0 ? [` ${script} of ${chunk.name} (${chunk.stratum})`] : [];
      return { ...text, comments: [...origin, ...(text.comments ?? [])] };
    }),
  );
}

/** Reports integration commands that are tied to an artifact which their chunk does not produce. */
export function checkIntegrationArtifacts(chunk: Chunk, { definitions, report }: Context): void {
  const produced = chunkArtifacts(chunk, definitions.defaults);
  for (const { artifact } of chunk.systemIntegration) {
    if (produced.has(artifact.text)) continue;
    report('unknown-artifact', artifact.at, `\`${chunk.name}\` produces no artifact \`${artifact.text}\``);
  }
}

function integrationCommand(command: Command, guarded: boolean): CommentedText {
  const { text, comments } = command;
  const verbatim = escapeVariables(text);
  return {
    text: guarded ? `%{${guard}}\n${verbatim}` : verbatim,
    from: originOfCommand(command, guarded ? 1 : 0),
    ...(comments.length > 0 ? { comments } : {}),
  };
}
