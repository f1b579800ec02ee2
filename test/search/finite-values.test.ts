import { describe, expect, it } from 'vitest';
import { finiteValues } from '../../src/search/gradient/finite-values.js';
import { observation } from './support/observation.js';

describe('finiteValues', () => {
  it('puts the worst value in the place of failures, and has none where all failed', () => {
    const [good, bad, failed] = [1, 3, Infinity].map((value, trial) => observation(trial, value));
    expect(finiteValues([good!, failed!, bad!])).toEqual([1, 3, 3]);
    expect(finiteValues([failed!])).toBeUndefined();
  });

  it('takes more trials than a call has arguments', () => {
    const round = Array.from({ length: 200_000 }, (_, trial) => observation(trial, trial));
    expect(finiteValues([...round, observation(200_000, Infinity)])!.at(-1)).toBe(199_999);
  });
});
