import { UserError } from '../core/errors.js';
import type { Software } from './running-software.js';

/** A major version of Node has its own major version of V8, and with it its own `Math.exp` and `Math.log`. */
const majorOf = (node: string): string => node.split('.', 1)[0]!;

/** What must be the same for a study to go on, as people read it. */
const parts = ({ version, backend, backendVersion, node, platform }: Software): readonly string[] => [
  `lossmith ${version}`,
  `${backend} ${backendVersion}`,
  `Node ${majorOf(node)}`,
  platform,
];

/**
 * A study goes on with what it began with: every row says so, and other software may give other numbers.
 * @param folder of the study
 * @throws UserError `study` with what differs
 */
export function checkSameSoftware(began: Software, running: Software, folder: string): void {
  const wanted = parts(began);
  const found = parts(running);
  const different = wanted.flatMap((part, index) => (part === found[index] ? [] : [index]));
  if (different.length === 0) return;
  const list = (of: readonly string[]): string => different.map((index) => of[index]!).join(', ');
  throw new UserError({
    code: 'study',
    message: `the study began with ${list(wanted)} and can go on with nothing else`,
    place: { file: folder },
    found: list(found),
    expected: `${list(wanted)}, or a new search; leaderboard and report read the study as it is`,
  });
}
