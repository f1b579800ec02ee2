import { candidateHash } from '../../src/candidate/candidate-hash.js';
import { canonicalCandidate } from '../../src/candidate/canonical-candidate.js';
import { stream } from '../../src/core/random.js';
import type { TrialRequest } from '../../src/study/trial-record.js';
import { benchSpace } from './spaces.js';

const WAVE = 8;

const space = benchSpace('load', {
  family: { type: 'categorical', choices: ['focal', 'poly-1', 'tversky', 'dice'] },
  gamma: { type: 'float', low: 0, high: 5 },
  alpha: { type: 'float', low: 0.1, high: 0.9 },
  rate: { type: 'float', low: 1e-4, high: 1e-1, log: true },
  smoothing: { type: 'float', low: 0, high: 0.3 },
  epsilon: { type: 'float', low: -1, high: 6 },
  terms: { type: 'int', low: 1, high: 6 },
  warmup: { type: 'int', low: 0, high: 100 },
});

/** A wave of trials as a sampler would ask for them, at random points; `first` is the number of the first of them. */
export function requestWave(first: number): TrialRequest[] {
  return Array.from({ length: WAVE }, (_, index): TrialRequest => {
    const trial = first + index;
    const random = stream('load', trial);
    const assignment = space.decode(Array.from({ length: space.dimensions }, () => random.uniform()));
    const candidate = space.build(assignment);
    return {
      ...{ trial, stage: 'search', arm: 'search', index: trial, wave: first / WAVE },
      ...{ seed: 'study/1/search', part: 'validation', candidate: canonicalCandidate(candidate) },
      ...{ candidateHash: candidateHash(candidate), assignment },
    };
  });
}
