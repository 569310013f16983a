import { describe, expect, test } from 'vitest';
import { codes, only } from './support.js';

describe('what asks a server', () => {
  test.each([
    ['wget http://a/b', 'wget'],
    ['curl -O https://a/b', 'curl'],
    ['scp a host:b', 'scp'],
    ['rsync -a user@host:a b', 'rsync'],
    ['ssh host ls', 'ssh'],
    ['ping -c 1 host', 'ping'],
    ['pip install six', 'pip install'],
    ['pip3 wheel six', 'pip3 wheel'],
    ['python -m pip install six', 'pip install'],
    ['python3 -m easy_install six', 'easy_install six'],
    ['gem install rake', 'gem install'],
    ['gem fetch rake', 'gem fetch'],
    ['npm ci', 'npm ci'],
    ['bundle install', 'bundle install'],
    ['cargo fetch', 'cargo fetch'],
    ['mvn package', 'mvn package'],
    ['gradle build', 'gradle build'],
    ['cpanm Moose', 'cpanm'],
    ['easy_install ./a six', 'easy_install six'],
    ['apt-get -y install a', 'apt-get install'],
    ['svn co http://a', 'svn co'],
    ['curl $URL', 'curl'],
  ])('%s', (text, shown) => {
    expect(only(text)).toMatchObject({
      code: 'needs-network',
      message: `\`${shown}\` asks a server, and builds have no network`,
    });
  });

  test.each([
    ...[
      'wget',
      'curl',
      'curl file:///a',
      'scp a b',
      'rsync -a a/ b/',
      'rsync a file:///b',
      'ssh',
      'pip list',
      'pip',
    ],
    ...[
      'pip install --no-index six',
      'pip install --no-deps ./a',
      'pip install --no-deps a.whl',
      'python -m json.tool',
    ],
    ...[
      'pip install --no-deps a.tar.gz',
      'python -c pip',
      'python -m',
      'gem install --local a',
      'gem install -l a',
    ],
    ...[
      'gem install a.gem',
      'gem install ./a',
      'gem list',
      'bundle install --local',
      'npm ci --offline',
      'npm test',
    ],
    ...[
      'cargo build',
      'cargo install --path .',
      'mvn -o package',
      'mvn --offline package',
      'gradle --offline build',
    ],
    ...[
      'easy_install ./a',
      'easy_install -q a.zip',
      'cpanm --notest ./a',
      'apt-get --help',
      'go build',
      'repo status',
    ],
  ])('%s does not', (text) => expect(codes(text)).toEqual([]));
});
