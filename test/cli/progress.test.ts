import { expect, it } from 'vitest';
import { createProgress } from '../../src/cli/progress.js';

/** The last line of progress after three trials of the search that ended before the whole training. */
function lineOf(plansRounds: boolean): string {
  const lines: string[] = [];
  const progress = createProgress({
    experiment: { metrics: [{ key: 'accuracy' }] } as never,
    plansRounds,
    ...{ plannedUnits: 9, direction: 'maximize', quiet: false },
    output: { isTTY: false, write: (text: string) => lines.push(text) } as never,
    clock: { now: () => 0 },
  });
  for (const arm of ['search', 'search', 'random']) {
    const outcome = { state: 'pruned', metrics: { accuracy: 0.5 } };
    progress.tell({ kind: 'told', record: { stage: 'search', arm, outcome } } as never);
  }
  progress.tell({ kind: 'stage', stage: 'selection' });
  return lines.at(-1)!;
}

it('calls pruned what others beat, and pieces what a sampler planned', () => {
  expect(lineOf(false)).toContain('3 trials, 3 pruned,');
  expect(lineOf(true)).toContain('3 trials, 2 of them pieces that went on or ended by plan, 1 pruned,');
});
