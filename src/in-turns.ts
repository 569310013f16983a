import { setImmediate } from 'node:timers/promises';

const TURN = 128;

/**
 * Calls a function for each item, and lets the event loop have its turn after every 128. Small files are read and
 * written this way: synchronous calls take a third of the time of asynchronous ones.
 */
export async function inTurns<T>(items: readonly T[], work: (item: T) => void): Promise<void> {
  for (let start = 0; start < items.length; start += TURN) {
    items.slice(start, start + TURN).forEach(work);
    await setImmediate();
  }
}
