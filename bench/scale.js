// Converting made-up trees of more and more chunks, each in a cold process.
// usage: npm run bench:scale [-- CHUNKS...]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTree } from './generate-tree.js';
import { filesBelow, here, measure } from './measure.js';

const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [1_000, 10_000, 100_000];
const folder = mkdtempSync(join(tmpdir(), 'baserock2bst-scale-'));
let before;
try {
  for (const chunks of sizes) {
    const [tree, target] = [join(folder, `${chunks}`), join(folder, `${chunks}-project`)];
    writeTree(chunks, tree);
    const { seconds, processor, megabytes } = measure(
      here('../bin/baserock2bst.js'),
      'convert',
      tree,
      target,
      '--quiet',
    );
    const files = filesBelow(target).length;
    const growth = before ? `, ${(seconds / before).toFixed(1)} × the time of the one before` : '';
    const took = `${seconds.toFixed(1)} s, processor ${processor.toFixed(1)} s, at most ${Math.round(megabytes)} MB`;
    console.log(`${chunks} chunks, ${files} files out: ${took}${growth}`);
    before = seconds;
    rmSync(tree, { recursive: true });
    rmSync(target, { recursive: true });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
