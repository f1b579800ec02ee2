import { expect, it } from 'vitest';
import { seenPoints } from '../../src/search/unseen.js';
import { observation } from './support/observation.js';
import { floatSpace } from './support/space.js';

it('knows the points of the history and those added, and forgets the latter', () => {
  const space = floatSpace(1);
  const history = [0.1, 0.2, 0.3].map((x0, trial) => observation(trial, 1, { assignment: { x0 } }));
  const knows = (told: number, added: readonly number[] = []): boolean[] => {
    const seen = seenPoints(space, history.slice(0, told));
    added.forEach((x0) => seen.add({ x0 }));
    return [0.1, 0.2, 0.3, 0.4].map((x0) => seen.has({ x0 }));
  };
  expect(knows(2, [0.4])).toEqual([true, true, false, true]);
  expect(knows(3)).toEqual([true, true, true, false]);
  // A shorter history, as after another replay: nothing is known from the longer one.
  expect(knows(1)).toEqual([true, false, false, false]);
});
