import { describe, expect, it } from 'vitest';
import { cachePlace } from '../../src/cli/cache.js';

describe('the folder of the cache', () => {
  it('is the one that BASEROCK2BST_CACHE names, or one below the caches of the user', () => {
    expect(cachePlace('x', { BASEROCK2BST_CACHE: '/mine', XDG_CACHE_HOME: '/caches' })?.folder).toBe('/mine');
    expect(cachePlace('x', { XDG_CACHE_HOME: '/caches' })?.folder).toBe('/caches/baserock2bst/runs');
    expect(cachePlace('x', {})?.folder).toMatch(/\/\.cache\/baserock2bst\/runs$/);
    expect(cachePlace('x', { BASEROCK2BST_CACHE: '' })).toBeUndefined();
    expect(cachePlace('x', { XDG_CACHE_HOME: 'here' })?.folder).toMatch(/^\/.*\/.cache\/baserock2bst\/runs$/);
    expect(cachePlace(undefined, { XDG_CACHE_HOME: '/caches' })).toBeUndefined();
  });
});
