import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BuildStreamVersion } from '../../src/index.js';

/** The server that comes with a version of BuildStream: 1.6's own, which Debian has as a module only, or buildbox-casd. */
function commandOf(version: BuildStreamVersion, bst: string, port: number, folder: string): string[] {
  if (version === 1) {
    const start = 'from buildstream._artifactcache.casserver import server_main; server_main()';
    return ['/usr/bin/python3', '-c', start, '--port', `${port}`, '--enable-push', folder];
  }
  const server = ['buildbox-casd', `--bind=127.0.0.1:${port}`, folder];
  if (bst !== 'bst2') return server;
  const root = process.env.BST2_ROOT ?? '/var/lib/buildstream2';
  const mounts = [
    '--bind',
    root,
    '/',
    '--dev-bind',
    '/dev',
    '/dev',
    '--proc',
    '/proc',
    '--bind',
    folder,
    folder,
  ];
  return ['bwrap', '--die-with-parent', ...mounts, ...server];
}

/** A server of artifacts on loopback. */
export class ArtifactServer {
  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
  ) {}

  /** Starts one that keeps its artifacts in a folder, and waits until it answers. */
  static async start(version: BuildStreamVersion, bst: string, folder: string): Promise<ArtifactServer> {
    mkdirSync(folder, { recursive: true });
    const port = await freePort();
    const [command, ...args] = commandOf(version, bst, port, folder);
    const server = spawn(command!, args, { stdio: 'ignore' });
    for (let i = 0; i < 100; i++) {
      if (await answers(port)) return new ArtifactServer(`http://127.0.0.1:${port}`, server);
      await sleep(100);
    }
    server.kill();
    throw new Error(`${command} does not answer`);
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill();
    await ended;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
      .on('connect', () => {
        socket.destroy();
        resolve(true);
      })
      .on('error', () => resolve(false));
  });
}
