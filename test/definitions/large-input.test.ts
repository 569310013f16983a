import { describe, expect, test } from 'vitest';
import { convert, hasErrors, renderDiagnostics, renderProject } from '../../src/index.js';
import { definitionsOf } from '../support/definitions.js';
import { chunk, stratum } from './support.js';

describe('much of it', () => {
  test('thousands of errors are all counted, the first ten of each kind shown, and quickly', () => {
    const count = 5000;
    const entry = (_: unknown, i: number) => `- {name: c${i}, build-commands: ${i}, colour: red}\n`;
    const started = performance.now();
    const { diagnostics, files } = definitionsOf(
      stratum(`chunks:\n${Array.from({ length: count }, entry).join('')}`),
    );
    expect(diagnostics).toHaveLength(2 * count);
    expect(hasErrors(diagnostics)).toBe(true);
    const text = renderDiagnostics(diagnostics, files, { colour: false, limit: 10 });
    expect(text.match(/\[wrong-type\]/g)).toHaveLength(10);
    expect(text).toContain(`and ${count - 10} more of wrong-type\n`);
    expect(text).toContain(`and ${count - 10} more of unknown-field\n`);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('all of it in one line: quickly too, and only the part of the line that is meant is shown', () => {
    const count = 10_000;
    const entries = Array.from(
      { length: count },
      (_, i) => `{name: c${i}, build-system: cmake, colour: red},`,
    );
    const read = (separator: string) => {
      const started = performance.now();
      const text = `{kind: stratum, chunks: [${entries.join(separator)}]}\n`;
      return { ...definitionsOf({ 'strata/s.morph': text }), milliseconds: performance.now() - started };
    };
    const { milliseconds } = read('\n ');
    const { diagnostics, files, milliseconds: inOneLine } = read(' ');
    expect(diagnostics).toHaveLength(count);
    expect(inOneLine / milliseconds).toBeLessThan(4);
    const text = renderDiagnostics(diagnostics.slice(5000, 5001), files, { colour: false, limit: 10 });
    const [, , line, carets] = text.split('\n');
    expect(line).toMatch(/^ {4}1 \| ….*…$/);
    expect(line!.length).toBeLessThan(260);
    expect(line!.slice(carets!.indexOf('^'), carets!.length)).toBe('colour');
  });

  test('thousands of commands, or one of thousands of parts, that need a hand are each placed, and quickly', () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `  - chown daemon "$DESTDIR"/var/lib/n${i}\n`);
    const parts = 'true && chown daemon x; '.repeat(10_000);
    const started = performance.now();
    const definitions = definitionsOf(
      chunk(`  build-system: manual\n  install-commands:\n${lines.join('')}  - "${parts}"\n`),
    );
    const { diagnostics } = convert(definitions);
    const places = diagnostics.filter(({ code }) => code === 'needs-root').map(({ place }) => place);
    expect(places).toHaveLength(30_000);
    expect(places[19_999]).toMatchObject({ line: 20_008, column: 5 });
    expect(places[29_999]).toMatchObject({ line: 20_009, column: 14 + 9_999 * 24 });
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test('what is said is cut off where nobody would read on', () => {
    const { diagnostics, files } = definitionsOf(chunk(`  ${'x'.repeat(900)}: 1\n  k: &a 1\n`));
    expect(diagnostics[0]?.message.length).toBeGreaterThan(900);
    const long = { ...diagnostics[0]!, message: 'm'.repeat(1_000_000), hint: 'h'.repeat(1_000_000) };
    const text = renderDiagnostics([long], files, { colour: false, limit: 10 });
    expect(text.length).toBeLessThan(10_000);
    expect(text).toContain('m… [unknown-field]');
  });

  test('a file of 10 MB is read', () => {
    const line = (_: unknown, i: number) =>
      `  - make -C directory-number-${i} all install # ${'x'.repeat(40)}\n`;
    const text = `  build-commands:\n${Array.from({ length: 120_000 }, line).join('')}`;
    const files = chunk(text);
    expect(files['strata/s.morph']!.length).toBeGreaterThan(10_000_000);
    const { strata, diagnostics } = definitionsOf(files);
    expect(diagnostics).toEqual([]);
    const commands = strata[0]!.chunks[0]!.commands.get('build-commands')!;
    expect(commands).toHaveLength(120_000);
    expect(commands[119_999]).toMatchObject({
      text: 'make -C directory-number-119999 all install',
      at: { line: 120_007 },
    });
  });

  test('as is one of 10 MB in one value', () => {
    const { strata } = definitionsOf(
      chunk(`  build-commands:\n  - |\n${'    echo 1234567890\n'.repeat(500_000)}`),
    );
    const [command] = strata[0]!.chunks[0]!.commands.get('build-commands')!;
    expect(command?.text).toHaveLength(16 * 500_000);
  });

  test('and written, be it a command or a description', () => {
    const block = '    echo 1234567890\n'.repeat(500_000);
    const definitions = definitionsOf({
      'strata/s.morph': `kind: stratum\ndescription: |\n${block}chunks:\n- name: c\n  build-commands:\n  - |\n${block}`,
    });
    const files = renderProject(convert(definitions).project);
    const lines = (path: string) => String(files.get(path)!.content).match(/^ +echo 1234567890$/gm);
    expect(lines('elements/strata/s.bst')).toHaveLength(500_000);
    expect(lines('elements/strata/s/c.bst')).toHaveLength(500_000);
  });
});
