import { describe, expect, it } from 'vitest';
import { builtinStoppingRules } from '../../src/stopping/registry.js';
import type { StoppingRequest, StoppingTrial } from '../../src/stopping/rule.js';
import { deepFreeze } from '../search/support/deep-freeze.js';

/** Fully trained trials of 10 steps with these values, in waves of 4. */
const history = (values: readonly number[], more: Partial<StoppingTrial> = {}): StoppingTrial[] =>
  values.map((value, trial) => ({
    ...{ trial, wave: Math.floor(trial / 4), value, complete: value !== Infinity, steps: 10, ...more },
  }));

function check(
  name: string,
  options: object,
  told: readonly StoppingTrial[],
  more: Partial<StoppingRequest<unknown>> = {},
): string | undefined {
  const rule = builtinStoppingRules.get(name);
  return rule.check({
    ...{ history: told, left: 100, direction: 'minimize', ...more },
    options: rule.schema.parse(options) as never,
  });
}

describe.each(builtinStoppingRules.members.map((rule) => [rule.name, rule] as const))('%s', (name, rule) => {
  const options = {
    trials: { count: 3 },
    compute: { steps: 3 },
    target: { score: 1 },
    'expected-regret': { tolerance: 1 },
  };
  const own = (options as Record<string, object>)[name] ?? {};

  it('has a summary, a source, and strict options', () => {
    expect(rule.summary).not.toBe('');
    expect(rule.source).not.toBe('');
    expect(rule.schema.safeParse(own).success).toBe(true);
    expect(rule.schema.safeParse({ ...own, noSuchOption: 1 }).success).toBe(false);
  });

  it('goes on where nothing is settled, changes nothing, and gives one line', () => {
    expect(check(name, own, [])).toBeUndefined();
    const told = deepFreeze(history(Array.from({ length: 60 }, () => 1)));
    expect(check(name, own, told)).toMatch(/^[^\n]+$/);
    expect(check(name, own, structuredClone(told))).toBe(check(name, own, told));
  });
});

it('trials: counts all that are settled', () => {
  expect(check('trials', { count: 5 }, history([1, Infinity, 3, 4]))).toBeUndefined();
  expect(check('trials', { count: 5 }, history([1, Infinity, 3, 4, 5]))).toBe('5 trials, 5 allowed');
});

it('compute: counts training steps', () => {
  expect(check('compute', { steps: 31 }, history([1, 2, 3]))).toBeUndefined();
  expect(check('compute', { steps: 30 }, history([1, 2, 3]))).toBe('30 training steps, 30 allowed');
});

describe('target', () => {
  it('is met by fully trained trials alone, in the direction of the metric', () => {
    expect(check('target', { score: 0.2 }, history([0.5, 0.21]))).toBeUndefined();
    expect(check('target', { score: 0.2 }, history([0.5, 0.2]))).toBe(
      'trial 1 of the search has 0.2, the target is 0.2',
    );
    const maximised = { direction: 'maximize' } as const;
    expect(check('target', { score: 0.9 }, history([-0.89]), maximised)).toBeUndefined();
    expect(check('target', { score: 0.9 }, history([-0.91]), maximised)).toMatch(/^trial 0 .* has 0.91/);
    expect(check('target', { score: 0.2 }, history([0.1], { complete: false }))).toBeUndefined();
  });

  it('may be zero or below', () => {
    expect(check('target', { score: -3 }, history([-3.5]))).toMatch(/has −3.5, the target is −3$/);
  });
});

describe('no-improvement', () => {
  it('counts trials since the best one', () => {
    expect(check('no-improvement', { patience: 3 }, history([5, 4, 6, 4]))).toBeUndefined();
    expect(check('no-improvement', { patience: 3 }, history([5, 4, 6, 4, Infinity]))).toBe(
      '3 trials in a row without a score better than 4',
    );
    expect(check('no-improvement', { patience: 3 }, history([5, 4, 6, 4, 3.9]))).toBeUndefined();
  });

  it('asks for more than minDelta against the last improvement, so that small steps do not add up unseen', () => {
    const slow = [1, 0.96, 0.92, 0.88];
    expect(check('no-improvement', { patience: 3, minDelta: 0.2 }, history(slow))).toMatch(
      /better than 1 by 0.2$/,
    );
    expect(check('no-improvement', { patience: 3, minDelta: 0.1 }, history(slow))).toBeUndefined();
  });

  it('stops a search in which nothing ever worked, and ignores trials that were stopped early', () => {
    expect(check('no-improvement', { patience: 2 }, history([Infinity, Infinity]))).toBe(
      'none of 2 trials has a score',
    );
    expect(check('no-improvement', { patience: 2 }, history([3, 2, 1], { complete: false }))).toBe(
      'none of 3 trials has a score',
    );
  });
});
