import type { Observation } from '../../../src/search/sampler.js';

/** A trial that was trained for one evaluation and got a value; told otherwise, what is told. */
export function observation(trial: number, value: number, more: Partial<Observation> = {}): Observation {
  return { trial, wave: 0, assignment: {}, value, curve: [value], ...more };
}

/** The same trial with another value at its end. */
export function withValue(one: Observation, value: number): Observation {
  return { ...one, value, curve: [...one.curve.slice(0, -1), value] };
}
