import type { Candidate } from './candidate.js';

/** The candidate with this learning rate, unless it names its own or none is given. */
export function withLearningRate(candidate: Candidate, learningRate: number | undefined): Candidate {
  return learningRate === undefined || candidate.learningRate !== undefined
    ? candidate
    : { ...candidate, learningRate };
}
