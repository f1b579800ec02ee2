import { describe, expect, it } from 'vitest';
import { leastProbability, withLeast } from '../../../src/search/normal-search/choice-margin.js';

describe('the margin', () => {
  it('lets about every fourth trial depart from a converged distribution', () => {
    for (const entries of [1, 3, 12]) {
      const favoured = 1 - 4 * leastProbability(5, entries);
      expect(favoured ** entries).toBeCloseTo(0.73, 12);
    }
  });

  it('changes nothing that keeps it, and raises what is below', () => {
    withLeast([0.7, 0.1, 0.2], 0.1).forEach((one, k) => expect(one).toBeCloseTo([0.7, 0.1, 0.2][k]!, 15));
    const raised = withLeast([1.3, -0.4, 0.1], 0.05);
    expect(raised[1]).toBe(0.05);
    // What is beyond the margin keeps its proportions.
    expect((raised[0]! - 0.05) / (raised[2]! - 0.05)).toBeCloseTo(1.25 / 0.05, 10);
  });
});
