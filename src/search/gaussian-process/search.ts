import { stream } from '../../core/random.js';
import type { Assignment, Space } from '../../space/space.js';
import { reflect } from '../mutation.js';
import { isFailure, ranked } from '../ranking.js';
import type { Observation } from '../sampler.js';
import type { SeenPoints } from '../unseen.js';
import { featuresOf, improve, type Scored } from './acquire.js';
import { cubePoints } from './cube-points.js';
import { covariance } from './kernel.js';
import { logExpectedImprovement } from './log-expected-improvement.js';
import { modelOf } from './model.js';
import { believe, leastVariance, predict, whiten } from './posterior.js';

export interface SearchRequest {
  readonly space: Space;
  readonly seed: string;
  readonly history: readonly Observation[];
  readonly firstTrial: number;
  /** Sobol points at most. */
  readonly candidates: number;
}

/** The search for the points of one wave. */
export interface Search {
  /** The best point that was not proposed before, if one was found. */
  best(seen: SeenPoints): Assignment | undefined;
  /** Takes a proposal of the wave into account. */
  believe(assignment: Assignment): void;
}

/** Candidates from which local searches start. */
const STARTS = 6;

/** Operations that the first look at all candidates may cost: n²/2 for each, with n trials. */
const OPERATIONS = 5e7;

/** Candidates around each of the best trials, and their distance in the unit cube. */
const NEIGHBOURS = { trials: 5, each: 8, deviation: 0.05 };

interface Candidate {
  readonly unit: readonly number[];
  readonly features: Float64Array;
  /** L⁻¹ k under the trials told. */
  readonly whitened: Float64Array;
  readonly mean: number;
  variance: number;
}

export function createSearch(request: SearchRequest): Search {
  const { space, history } = request;
  const told = modelOf(space, history);
  let posterior = told;
  // Of the function, not of the values told: noise does not make a trial the one to beat.
  let best = told.points.reduce((least, point) => Math.min(least, predict(told, point).mean), Infinity);
  const candidates = candidateUnits(request).map((unit): Candidate => {
    const features = featuresOf(space, unit);
    const whitened = whiten(told, features);
    let mean = 0;
    let variance = told.hyperparameters.scale;
    whitened.forEach((value, index) => {
      mean += value * told.whitened[index]!;
      variance -= value * value;
    });
    return { unit, features, whitened, mean, variance };
  });
  /** What candidates explain of the points believed, by point. */
  const shares = candidates.map((): number[] => []);
  return {
    best: (seen) => {
      const scored = candidates
        .map(({ unit, mean, variance }): Scored => {
          const kept = Math.max(leastVariance(told), variance);
          return { unit, score: logExpectedImprovement(best, mean, kept).value };
        })
        .sort((a, b) => b.score - a.score);
      const improved = scored.slice(0, STARTS).map((start) => improve(space, posterior, best, start));
      for (const { unit } of [...improved.sort((a, b) => b.score - a.score), ...scored]) {
        const point = space.decode(unit);
        if (!seen.has(point)) return point;
      }
      return undefined;
    },
    believe: (assignment) => {
      const point = featuresOf(space, space.encode(assignment));
      posterior = believe(posterior, point);
      best = Math.min(best, predict(posterior, point).mean);
      const row = posterior.lower.at(-1)!;
      candidates.forEach((candidate, index) => {
        const { whitened, features } = candidate;
        const believed = shares[index]!;
        let rest = covariance(told.axes, told.hyperparameters, features, point);
        for (let place = 0; place < whitened.length; place++) rest -= row[place]! * whitened[place]!;
        believed.forEach((value, place) => {
          rest -= row[whitened.length + place]! * value;
        });
        const share = rest / row.at(-1)!;
        believed.push(share);
        candidate.variance -= share * share;
      });
    },
  };
}

/** Sobol points, fewer where a long history makes each costly, and neighbours of the best trials. */
function candidateUnits({ space, seed, history, firstTrial, candidates }: SearchRequest): number[][] {
  const random = stream(seed, 'gaussian-process/candidates', firstTrial);
  const affordable = 2 ** Math.floor(Math.log2((2 * OPERATIONS) / history.length ** 2));
  const pointAt = cubePoints(space.dimensions, random);
  const points = Array.from({ length: Math.min(candidates, Math.max(512, affordable)) }, (_, index) =>
    pointAt(index),
  );
  const best = ranked(history)
    .filter((observation) => !isFailure(observation))
    .slice(0, NEIGHBOURS.trials);
  const neighbours = best.flatMap(({ assignment }) => {
    const center = space.encode(assignment);
    return Array.from({ length: NEIGHBOURS.each }, () =>
      center.map((coordinate) => reflect(coordinate + NEIGHBOURS.deviation * random.normal())),
    );
  });
  return [...points, ...neighbours];
}
