import { describe, expect, test } from 'vitest';
import { dialects } from '../../src/project/dialects.js';
import type { ScriptElement } from '../../src/project/model.js';
import { renderElement } from '../../src/project/render-element.js';

const script: ScriptElement = {
  kind: 'script',
  path: 'image.bst',
  include: 'include/image.yml',
  dependencies: [
    { element: 'tools.bst', type: 'build', location: '/' },
    { element: 'system.bst', type: 'build', location: '/system', comments: [' What it is made of'] },
  ],
  variables: new Map([['size', '0']]),
  steps: [{ text: 'first', comments: [' Before all else'] }, { text: 'second' }],
};

describe('a script', () => {
  test('of BuildStream 1.6 has a layout', () => {
    expect(renderElement(script, dialects[1], new Map()).content).toBe(`kind: script
(@): include/image.yml

build-depends:
- tools.bst
# What it is made of
- system.bst

variables:
  size: '0'

config:
  layout:
  - element: tools.bst
    destination: /
  - element: system.bst
    destination: /system
  commands:
    (<):
    # Before all else
    - first
    - second
`);
  });

  test('of BuildStream 2 has the places on its dependencies', () => {
    expect(renderElement(script, dialects[2], new Map()).content).toBe(`kind: script
(@): include/image.yml

build-depends:
- filename: tools.bst
  config:
    location: /
# What it is made of
- filename: system.bst
  config:
    location: /system

variables:
  size: '0'

config:
  commands:
    (<):
    # Before all else
    - first
    - second
`);
  });
});
