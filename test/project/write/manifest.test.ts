import { describe, expect, it } from 'vitest';
import { parseManifest, renderManifest } from '../../../src/project/write/manifest.js';

describe('the manifest', () => {
  it('has one line for each file, in the order of bytes', () => {
    const digests = new Map([
      ['b', 'b1'],
      ['a/"quoted"', 'a2'],
      ['\u{10000}', 'd4'],
      ['\uffff', 'c3'],
    ]);
    const text = renderManifest(digests);
    expect(text).toBe(`{
  "version": 1,
  "tool": "baserock2bst",
  "files": {
    "a/\\"quoted\\"": {"sha256":"a2"},
    "b": {"sha256":"b1"},
    "\uffff": {"sha256":"c3"},
    "\u{10000}": {"sha256":"d4"}
  }
}
`);
    expect(parseManifest(text)).toEqual(digests);
  });

  it('may list nothing', () => {
    const text = renderManifest(new Map());
    expect(text).toBe('{\n  "version": 1,\n  "tool": "baserock2bst",\n  "files": {}\n}\n');
    expect(parseManifest(text)).toEqual(new Map());
  });

  it('may have fields of later versions', () => {
    const text = '{"version":1,"tool":"baserock2bst","x":1,"files":{"a":{"sha256":"0","from":"a.morph"}}}';
    expect(parseManifest(text)).toEqual(new Map([['a', '0']]));
  });

  it.each([
    '',
    'null',
    '[]',
    '"text"',
    '{}',
    '{"version":1,"tool":"other","files":{}}',
    '{"version":"1","tool":"baserock2bst","files":{}}',
    '{"version":1,"tool":"baserock2bst","files":[]}',
    '{"version":1,"tool":"baserock2bst","files":{"a":"0"}}',
    '{"version":1,"tool":"baserock2bst","files":{"a":{"sha256":0}}}',
    '{"version":1,"tool":"baserock2bst","files":{"/a":{"sha256":"0"}}}',
    '{"version":1,"tool":"baserock2bst","files":{".git/config":{"sha256":"0"}}}',
  ])('is none of ours: %s', (text) => {
    expect(parseManifest(text)).toBeUndefined();
  });
});
