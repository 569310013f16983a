// The least that any converter has to do: start Node, read the definitions, write as many bytes to as many files.
// usage: node floor.js LIST TARGET, where LIST is a JSON file {read: [path], write: [[path, size]]}
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [list, target] = process.argv.slice(2);
const { read, write } = JSON.parse(readFileSync(list, 'utf8'));
for (const path of read) readFileSync(path, 'utf8');
for (const folder of new Set(write.map(([path]) => dirname(join(target, path))))) {
  mkdirSync(folder, { recursive: true });
}
for (const [path, size] of write) writeFileSync(join(target, path), Buffer.alloc(size, 'x'));
