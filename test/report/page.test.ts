/// <reference lib="dom" />
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium as launcher, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConversionReport, renderReport } from '../../src/index.js';
import { describeCorpus } from '../support/corpus.js';
import { oneChunk } from '../support/definitions.js';
import { reportOn, reportOnCorpus } from '../support/report.js';
import { chromium, chromiumFlags, describeChromium } from './chromium.js';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const gnome = 'systems/gnome-system-x86_64';

let browser: Browser;
let folder: string;
/** What pages complained of, and whom they asked. */
let complaints: string[];
let requests: string[];

async function open(path: string, hash = '', options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, ...options });
  const page = await context.newPage();
  complaints = [];
  requests = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(path).href + hash);
  return page;
}

/** Closes a page that must not have complained, nor asked for anything but itself. */
async function close(page: Page): Promise<void> {
  expect(complaints).toEqual([]);
  expect(requests.map((url) => url.replace(/#.*/, ''))).toEqual([page.url().replace(/#.*/, '')]);
  await page.context().close();
}

const shown = (page: Page) => page.locator('#items details:visible');
const idsOf = (page: Page) => shown(page).evaluateAll((all) => all.map(({ id }) => Number(id.slice(5))));

interface AxeResult {
  violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
}

async function faultsOf(page: Page): Promise<string[]> {
  // The page's own policy keeps scripts out; that of the test has to get in.
  const { violations } = await page.evaluate<AxeResult>(`${axe}; axe.run()`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]!.html} ${nodes[0]!.failureSummary}`);
}

describeChromium('report.html', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'baserock2bst-page-'));
    browser = await launcher.launch({ executablePath: chromium!, args: [...chromiumFlags] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('shows texts of definitions as texts, whatever they hold', async () => {
    const evil = '</script><script>document.title = "evil"</script><img src=x onerror="document.title=1">';
    const report = reportOn(
      oneChunk(
        'build-system: manual',
        `name: c\nkind: chunk\ninstall-commands:\n- git describe '${evil}' '{{script}} <!-- data --> $& \`'\n`,
      ),
    );
    const path = join(folder, 'evil.html');
    writeFileSync(path, (await renderReport(report)).get('report.html')!);
    const page = await open(path);
    await shown(page).filter({ hasText: 'needs-git' }).locator('summary').click();
    expect(await page.locator('#items pre').innerText()).toContain(evil);
    expect(await page.title()).toBe('Conversion of definitions');
    await close(page);
  });

  test('shows definitions without systems, and no definitions at all', async () => {
    for (const files of [oneChunk('build-system: manual'), {}]) {
      const path = join(folder, 'small.html');
      writeFileSync(path, (await renderReport(reportOn(files))).get('report.html')!);
      const page = await open(path);
      expect(await page.locator('h1').innerText()).toBe('Conversion of definitions');
      expect(await faultsOf(page)).toEqual([]);
      // The check is none that cannot fail.
      await page.evaluate(() => document.querySelector('main')!.append(document.createElement('button')));
      expect((await faultsOf(page)).join()).toContain('button-name');
      await close(page);
    }
  });

  describeCorpus('of v8-2016-08', () => {
    let report: ConversionReport;
    let path: string;
    beforeAll(async () => {
      report = await reportOnCorpus('v8-2016-08');
      path = join(folder, 'report.html');
      writeFileSync(path, (await renderReport(report)).get('report.html')!);
    });

    test('is smaller than 3 MB', () => {
      expect(readFileSync(path).length).toBeLessThan(3_000_000);
    });

    test('tells the totals, and lists every system and every diagnostic', async () => {
      const page = await open(path);
      const summary = await page.locator('#summary').innerText();
      for (const count of [
        report.totals.elements.exact,
        report.totals.systems,
        report.totals.diagnostics.manual,
      ]) {
        expect(summary).toMatch(new RegExp(`\\b${count}\\b`));
      }
      expect(await page.locator('#systems tr').count()).toBe(report.systems.length);
      expect(await idsOf(page)).toEqual(report.diagnostics.map(({ id }) => id));
      await close(page);
    });

    test('searches', async () => {
      const page = await open(path);
      await page.keyboard.press('/');
      await page.keyboard.type('BUSYBOX setuid');
      const wanted = report.diagnostics.filter(
        ({ code, place }) => code === 'lost-setuid' && place!.file.includes('busybox'),
      );
      expect(wanted.length).toBeGreaterThan(0);
      expect(await idsOf(page)).toEqual(wanted.map(({ id }) => id));
      expect(await page.locator('#count').innerText()).toBe(
        `${wanted.length} of ${report.diagnostics.length} items`,
      );
      const took = await page.evaluate(() => {
        const field = document.querySelector<HTMLInputElement>('#q')!;
        const start = performance.now();
        field.value = 'strata';
        field.dispatchEvent(new Event('input'));
        document.body.getBoundingClientRect();
        return performance.now() - start;
      });
      expect(took).toBeLessThan(1000);
      await page.fill('#q', 'there is no such thing');
      expect(await idsOf(page)).toEqual([]);
      await page.getByRole('button', { name: 'Clear' }).click();
      expect(await idsOf(page)).toHaveLength(report.diagnostics.length);
      await close(page);
    });

    test('filters by system, stratum, code and severity', async () => {
      const page = await open(path);
      const { work, notes } = report.systems.find((system) => system.path === gnome)!;
      await page.getByRole('link', { name: gnome, exact: true }).first().click();
      expect(new Set(await idsOf(page))).toEqual(new Set([...work, ...notes]));
      expect(await page.inputValue('#system')).toBe(gnome);
      await page.selectOption('#stratum', 'strata/ruby');
      const inRuby = report.diagnostics.filter(
        ({ id, strata }) => strata.includes('strata/ruby') && [...work, ...notes].includes(id),
      );
      expect(await idsOf(page)).toEqual(inRuby.map(({ id }) => id));
      await page.selectOption('#code', 'needs-git');
      const needing = inRuby.filter(({ code }) => code === 'needs-git');
      expect(needing.length).toBeGreaterThan(0);
      expect(await idsOf(page)).toEqual(needing.map(({ id }) => id));
      await page.selectOption('#severity', 'error');
      expect(await idsOf(page)).toEqual([]);
      // The address has it all: whoever opens it sees the same.
      await page.selectOption('#severity', 'manual');
      const same = await page.context().newPage();
      await same.goto(page.url());
      expect(await idsOf(same)).toEqual(needing.map(({ id }) => id));
      await close(page);
    });

    test('finds a system by its name', async () => {
      const page = await open(path);
      await page.getByLabel('Find a system').fill('gnome x86_64');
      expect(await page.locator('#systems tr:visible').allInnerTexts()).toHaveLength(1);
      await close(page);
    });

    test('opens an item: the command, where it stands, and what to do', async () => {
      const page = await open(path);
      const item = report.diagnostics.find(({ code }) => code === 'needs-git')!;
      const entry = page.locator(`#item-${item.id}`);
      await entry.locator('summary').focus();
      await page.keyboard.press('Enter');
      expect(await entry.locator('.where').innerText()).toBe(`${item.place!.file}:${item.place!.line}`);
      const { column, endColumn, line, endLine } = item.place!;
      expect(endLine).toBe(line);
      expect(await entry.locator('mark').innerText()).toBe(item.excerpt[0]!.slice(column - 1, endColumn - 1));
      const text = await entry.locator('.body').innerText();
      expect(text).toContain(item.hint.replaceAll('`', ''));
      expect(text).toContain(item.chunks[0]!);
      await close(page);
      const linked = await open(path, `#item-${item.id}`);
      expect(await linked.locator(`#item-${item.id} mark`).isVisible()).toBe(true);
      await close(linked);
    });

    test('draws what gnome-system-x86_64 is built of, legibly', async () => {
      const page = await open(path, `#system=${encodeURIComponent(gnome)}`);
      const picture = page.locator('#canvas svg');
      expect(await picture.isVisible()).toBe(true);
      const boxes = await picture.locator('a.box').evaluateAll((all) =>
        all.map((each) => {
          const rect = each.querySelector('rect')!.getBoundingClientRect();
          const texts = [...each.querySelectorAll('text')].map((text) => text.getBoundingClientRect());
          const size = texts.map(({ height }) => height);
          const isInside = texts.every(({ left, right }) => left >= rect.left && right <= rect.right);
          return { left: rect.left, top: rect.top, right: rect.right, bottom: rect.bottom, isInside, size };
        }),
      );
      const { builds } = report.systems.find((system) => system.path === gnome)!;
      expect(boxes).toHaveLength(builds.length);
      expect(boxes.every(({ isInside }) => isInside)).toBe(true);
      expect(Math.min(...boxes.flatMap(({ size }) => size))).toBeGreaterThan(9);
      const overlaps = boxes.flatMap((a, i) =>
        boxes
          .slice(i + 1)
          .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom),
      );
      expect(overlaps).toEqual([]);
      await close(page);
    });

    test('leads by keyboard from a system to a stratum to a chunk to what is said of it', async () => {
      const page = await open(path, `#system=${encodeURIComponent(gnome)}`);
      const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
      await page.locator('#canvas a.box').first().focus();
      expect(await focused()).toContain('strata/build-essential');
      await page.keyboard.press('ArrowRight');
      expect(await focused()).toContain('strata/core,');
      await page.locator('#canvas a.box[aria-label^="strata/ruby"]').focus();
      await page.keyboard.press('Enter');
      await page.waitForFunction(() =>
        document.querySelector('#trail')?.textContent?.includes('strata/ruby'),
      );
      const ruby = report.strata.find((stratum) => stratum.path === 'strata/ruby')!;
      expect(await page.locator('#canvas a.box').count()).toBe(ruby.chunks.length);
      const chunk = ruby.chunks.find(({ diagnostics }) => diagnostics.length > 0)!;
      await page.locator(`#canvas a.box[aria-label^="${chunk.name},"]`).focus();
      await page.keyboard.press('Enter');
      expect(await page.locator('#told').innerText()).toContain(chunk.name);
      await page.locator('#told a').first().click();
      expect(await page.locator(`#item-${chunk.diagnostics[0]} .body`).isVisible()).toBe(true);
      await page.goBack();
      await close(page);
    });

    test.each(['light', 'dark'] as const)(
      'has no serious fault of accessibility (%s)',
      async (colorScheme) => {
        const page = await open(path, `#system=${encodeURIComponent(gnome)}`, { colorScheme });
        await shown(page).first().locator('summary').click();
        expect(await faultsOf(page)).toEqual([]);
        await close(page);
      },
    );

    test('fits a narrow screen', async () => {
      const page = await open(path, `#system=${encodeURIComponent(gnome)}`, {
        viewport: { width: 390, height: 844 },
      });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      expect(await faultsOf(page)).toEqual([]);
      await close(page);
    });

    test('prints all that it shows, opened', async () => {
      const page = await open(path, '#code=needs-git');
      await page.emulateMedia({ media: 'print' });
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      const count = report.codes['needs-git']!.count;
      expect(await page.locator('#items .body:visible').count()).toBe(count);
      expect(await page.locator('#filters').isVisible()).toBe(false);
      await page.evaluate(() => dispatchEvent(new Event('afterprint')));
      expect(await page.locator('#items details[open]').count()).toBe(0);
      await close(page);
    });
  });
});
