import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { reportSchema } from '../../src/report/schema.js';

let folder: string;
let definitions: string;
let report: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baserock2bst-audit-'));
  definitions = join(folder, 'definitions');
  report = join(folder, 'report');
  cpSync(new URL('../../samples/definitions', import.meta.url).pathname, definitions, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  let stdout = '';
  let stderr = '';
  const code = await main(args, {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    colour: false,
    machine: 'x64',
  });
  return { code, stdout, stderr };
}

const files = ['report.html', 'report.json', 'report.md'];

describe('audit', () => {
  test('writes a report and nothing else', async () => {
    const { code, stdout, stderr } = await run('audit', definitions, '--report', report);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ +total +exact +approximate +needs a hand +left out\nelements /);
    expect(stderr).toBe(`report: ${join(report, 'report.html')}\n`);
    expect(readdirSync(report).sort()).toEqual(files);
    expect(readdirSync(folder).sort()).toEqual(['definitions', 'report']);
    const data = reportSchema.parse(JSON.parse(readFileSync(join(report, 'report.json'), 'utf8')));
    expect(data).toMatchObject({ status: 'complete', definitions: { name: 'definitions' } });
  });

  test.each(['json', 'markdown', 'sarif', 'github'])('prints %s and writes nothing', async (format) => {
    const { code, stdout, stderr } = await run('audit', definitions, '--format', format);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(readdirSync(folder)).toEqual(['definitions']);
    const begins = {
      json: '{\n  "schema": 1,',
      markdown: '# Conversion of',
      sarif: '{\n  "$schema"',
      github: '::',
    };
    expect(stdout.startsWith(begins[format as keyof typeof begins])).toBe(true);
  });

  test('writes over an older report, but not over what is none', async () => {
    await run('audit', definitions, '--report', report);
    expect((await run('audit', definitions, '--report', report)).code).toBe(0);
    writeFileSync(join(report, 'report.md'), 'my own\n');
    const { code, stderr } = await run('audit', definitions, '--report', report);
    expect(code).toBe(2);
    expect(stderr).toContain('[output-not-ours]');
    expect(readFileSync(join(report, 'report.md'), 'utf8')).toBe('my own\n');
  });

  test('says where it cannot write', async () => {
    writeFileSync(report, '');
    const { code, stderr } = await run('audit', definitions, '--report', report);
    expect(code).toBe(2);
    expect(stderr).toContain('[bad-output]');
  });

  test('exits with 1 if something is left out, or with --strict needs a hand', async () => {
    expect((await run('audit', definitions, '--report', report, '--strict')).code).toBe(1);
    writeFileSync(join(definitions, 'strata/tools.morph'), 'name: tools\nkind: stratum\nchunks: nothing\n');
    const { code, stdout, stderr } = await run('audit', definitions, '--report', report);
    expect(code).toBe(1);
    expect(stderr).toContain('[wrong-type]');
    expect(stdout).toMatch(/^systems +2 .* 1$/m);
    expect(JSON.parse(readFileSync(join(report, 'report.json'), 'utf8'))).toMatchObject({
      status: 'partial',
    });
  });

  test('exits with 2 if nothing can be converted, and reports it', async () => {
    const { code, stderr } = await run('audit', join(folder, 'nowhere'), '--report', report);
    expect(code).toBe(2);
    expect(stderr).toContain('[no-definitions]');
    expect(JSON.parse(readFileSync(join(report, 'report.json'), 'utf8'))).toMatchObject({ status: 'failed' });
  });
});

describe('audit of a folder without definitions', () => {
  const before = process.cwd();
  afterEach(() => process.chdir(before));

  test('leaves the report alone that is there', async () => {
    process.chdir(folder);
    await run('audit', definitions);
    const earlier = readFileSync(join(report, 'report.md'), 'utf8');
    const { code, stderr } = await run('audit', report);
    expect(code).toBe(2);
    expect(stderr).toBe(
      '  error there are no definitions (`.morph` files) here [no-definitions]\n' +
        '    hint: name the root folder of a Baserock definitions repository\n',
    );
    expect(readFileSync(join(report, 'report.md'), 'utf8')).toBe(earlier);
  });
});

describe('convert', () => {
  test('--report writes a report beside the project', async () => {
    const { code } = await run('convert', definitions, join(folder, 'project'), '--report', report);
    expect(code).toBe(0);
    expect(readdirSync(report).sort()).toEqual(files);
    expect(existsSync(join(folder, 'project/project.conf'))).toBe(true);
  });

  test('--report tells what keeps a project from being written', async () => {
    writeFileSync(join(definitions, 'strata/tools.morph'), 'name: tools\nkind: stratum\nchunks: nothing\n');
    const { code } = await run('convert', definitions, join(folder, 'project'), '--report', report);
    expect(code).toBe(2);
    expect(existsSync(join(folder, 'project'))).toBe(false);
    const { diagnostics } = reportSchema.parse(JSON.parse(readFileSync(join(report, 'report.json'), 'utf8')));
    expect(diagnostics[0]).toMatchObject({ code: 'wrong-type', step: 'blocking' });
  });

  test.each(['sarif', 'github'])('--format %s prints the diagnostics for another program', async (format) => {
    const { code, stdout, stderr } = await run(
      'convert',
      definitions,
      join(folder, 'project'),
      '--format',
      format,
    );
    expect(code).toBe(0);
    expect(stdout).toContain(format === 'sarif' ? '"version": "2.1.0"' : '::notice ');
    expect(stderr).toMatch(/^converted to .*\n$/);
  });

  test('--format json is --json', async () => {
    const args = ['convert', definitions, join(folder, 'project'), '--dry-run'];
    expect((await run(...args, '--format', 'json')).stdout).toBe((await run(...args, '--json')).stdout);
  });
});
