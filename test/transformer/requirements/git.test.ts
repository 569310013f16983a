import { describe, expect, test } from 'vitest';
import { codes, only } from './support.js';

describe('git', () => {
  test.each([
    ['git status', '`git status` needs the repository', 'remove it: it only refreshes'],
    ['git describe', '`git describe` needs the repository', 'write the version that it would print'],
    ['git -c a=b log -1', '`git log` needs the repository', 'write what it would print'],
    ['git --work-tree a stash', '`git stash` needs the repository', 'make a repository first'],
    ['git --git-dir=a clean -fd', '`git clean` needs the repository', 'the sources are staged clean'],
    ['git diff', '`git diff` needs the repository', 'make a repository first'],
    ['git config user.name a', '`git config` needs the repository', 'make a repository first'],
    ['git config --add a --filename', '`git config` needs the repository', ''],
    ['git hash-object -w a', '`git hash-object` needs the repository', ''],
    ['git remote -v', '`git remote` needs the repository', ''],
    ['git archive HEAD', '`git archive` needs the repository', ''],
    ['git lfs install', '`git lfs` needs the repository', ''],
    ['gem build a', '`gem build` gets no files', 'if the gemspec does'],
    ['rake -s package', '`rake package` gets no files', ''],
    ['sed p .git/HEAD', '`sed` reads .git/HEAD', 'make a repository first'],
    ['cp -r ./.git a', '`cp` reads ./.git', ''],
  ])('%s', (text, message, hint) => {
    const { code, message: said, hint: advice } = only(text);
    expect(code).toBe('needs-git');
    expect(said).toContain(message);
    expect(advice).toContain(hint);
  });

  test.each([
    ...[
      'git clone https://a/b',
      'git clone $URL',
      'git archive --remote=a HEAD',
      'git remote update',
      'git lfs pull',
    ],
    ...['git lfs fetch', 'git fetch', 'git pull', 'git push', 'git ls-remote'],
  ])('%s asks a server', (text) => {
    expect(only(text)).toMatchObject({
      code: 'needs-network',
      hint: 'make the repository a source of the element',
    });
  });

  test.each([
    ...[
      'git',
      'git --version',
      'git init',
      'git apply a',
      'git clone ../a b',
      'git grep --no-index a',
      'git hash-object a',
    ],
    ...[
      'git diff --no-index a b',
      'git config --global a b',
      'git config -f a b c',
      'git config --file a b',
      'rake',
    ],
    ...[
      'rake test',
      'rake gemspec',
      'gem',
      'gem list',
      'gem builder',
      'cat a.git/b',
      'cat .gitignore',
      'ls .git',
    ],
    ...[
      'git init && git status',
      'git clone ./a . && git log',
      'git init; gem build a',
      'git init; cat .git/HEAD',
    ],
  ])('%s needs none', (text) => expect(codes(text)).toEqual([]));
});
