import { halvings, integerPower } from '../../fidelity/halving.js';
import type { Round } from '../sampler.js';

export interface PlanOptions {
  readonly eta: number;
  readonly minimum: number;
  readonly population: number;
}

/** A round of DEHB: one rung of one bracket. */
export interface DehbRound extends Round {
  /** Rungs count from 0, the lowest fidelity. */
  readonly rung: number;
  /** Trials of earlier rounds, of any rung. */
  readonly firstTrial: number;
  /** Trials of earlier rounds of the same rung. */
  readonly before: number;
}

/** All that is fixed before the first trial. */
export interface DehbPlan {
  /** Fidelity of each rung, the whole training last. */
  readonly fidelities: readonly number[];
  /** Members of the subpopulation of each rung: as many as its widest round. */
  readonly sizes: readonly number[];
  round(index: number): DehbRound;
  /** True for the rounds of the first cycle of brackets: trainings are taken over there only. */
  isFirstCycle(index: number): boolean;
}

/**
 * The plan of the paper (Awad, Mallik & Hutter, IJCAI 2021, section 3): brackets of Hyperband, the most aggressive
 * first, with ⌊S/(s + 1)⌋ eta^s trials in the first rung of the bracket with s cuts, where S is the number of rungs;
 * from the start again when all were held. In the first cycle each rung but the first of a bracket takes over
 * trainings; later everyone sets out from the start. Where there is one rung only, a round is `population` trials.
 */
export function dehbPlan({ eta, minimum, population }: PlanOptions, full: number): DehbPlan {
  const rungs = halvings(full, minimum, eta) + 1;
  const fidelities = Array.from({ length: rungs }, (_, rung) =>
    Math.floor(full / integerPower(eta, rungs - 1 - rung)),
  );
  const cycle = Array.from({ length: rungs }, (_, bracket) => bracket).flatMap((bracket) =>
    widthsOf(rungs - 1 - bracket, rungs, eta, population).map((trials, depth) => ({
      trials,
      rung: bracket + depth,
      takesOver: depth > 0,
    })),
  );
  const trialsOfCycle = sum(cycle.map(({ trials }) => trials));
  const ofRung = fidelities.map((_, rung) => cycle.filter((round) => round.rung === rung));
  return {
    fidelities,
    sizes: ofRung.map((rounds) => Math.max(...rounds.map(({ trials }) => trials))),
    isFirstCycle: (index) => index < cycle.length,
    round: (index) => {
      const cycles = Math.floor(index / cycle.length);
      const place = index % cycle.length;
      const { trials, rung, takesOver } = cycle[place]!;
      const earlier = cycle.slice(0, place);
      return {
        trials,
        rung,
        from: takesOver && cycles === 0 ? fidelities[rung - 1]! : 0,
        fidelity: fidelities[rung]!,
        firstTrial: cycles * trialsOfCycle + sum(earlier.map((round) => round.trials)),
        before:
          cycles * sum(ofRung[rung]!.map((round) => round.trials)) +
          sum(earlier.filter((round) => round.rung === rung).map((round) => round.trials)),
      };
    },
  };
}

/** Trials of each rung of the bracket with s cuts. */
function widthsOf(cuts: number, rungs: number, eta: number, population: number): readonly number[] {
  if (rungs === 1) return [population];
  const first = Math.floor(rungs / (cuts + 1)) * integerPower(eta, cuts);
  return Array.from({ length: cuts + 1 }, (_, depth) => Math.floor(first / integerPower(eta, depth)));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
