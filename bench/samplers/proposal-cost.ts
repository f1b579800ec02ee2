import { stream, type Stream } from '../../src/core/random.js';
import { builtinSamplers } from '../../src/search/registry.js';
import type { AnySampler, Observation } from '../../src/search/sampler.js';
import type { Assignment } from '../../src/space/space.js';
import type { Space } from '../../src/space/space.js';
import { costSpace } from './cost-space.js';

const TOLD = 10_000;
/** Evaluations of a whole training, for samplers that plan their own rounds. */
const FULL = 8;
/** Rounds that are not measured: a process that was told 10,000 trials has compiled what it runs at each proposal. */
const WARM_UP = 10;
const ROUNDS = 15;
/** Evaluations of a whole training; most trials stop before, as under Hyperband. */
const FIDELITIES = [1, 1, 1, 1, 1, 1, 3, 3, 9];

/** Milliseconds; medians over the rounds. */
export interface ProposalCost {
  readonly wave: number;
  /** The very first proposal: the whole history is replayed, as after a resume. */
  readonly resume: number;
  /** One proposal right after a wave was told; undefined where a plan says how many there are. */
  readonly first: number | undefined;
  /** Each of a wave right after a wave was told. */
  readonly perProposal: number;
}

/** Measures proposals after 10,000 told trials; undefined where the sampler works on no space of the bench. */
export function measureProposals(name: string): ProposalCost | undefined {
  const sampler = builtinSamplers.get(name);
  const setup = costSpace(sampler);
  if (setup === undefined) return undefined;
  const { space, options } = setup;
  if (sampler.rounds !== undefined) return measureRounds(sampler, space, options);
  const size = sampler.waveSize(space, options);
  const random = stream('cost', name);
  const history: Observation[] = [];
  let wave = 0;
  const tell = (assignments: readonly Assignment[]): void => {
    for (const assignment of assignments) history.push(observe(history.length, wave, assignment, random));
    wave++;
  };
  while (history.length < TOLD) {
    tell(
      Array.from({ length: Math.min(size, TOLD - history.length) }, () =>
        space.decode(Array.from({ length: space.dimensions }, () => random.uniform())),
      ),
    );
  }
  const propose = (count: number): { readonly proposals: readonly Assignment[]; readonly spent: number } => {
    const begin = performance.now();
    const proposals = sampler.propose({
      ...{ options: options as never, space, seed: 'cost', history, wave, firstTrial: history.length, count },
    });
    return { proposals, spent: performance.now() - begin };
  };
  const resume = propose(1).spent;
  const firsts: number[] = [];
  const waves: number[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const whole = propose(size);
    if (round >= 0) waves.push(whole.spent / size);
    if (whole.proposals.length === 0) break;
    tell(whole.proposals);
    const first = propose(1);
    if (round >= 0) firsts.push(first.spent);
    if (first.proposals.length === 0) break;
    tell(propose(size).proposals);
  }
  return { wave: size, resume, first: median(firsts), perProposal: median(waves) };
}

/** The same of a sampler that plans its own rounds: it searches from the first trial, as its plan wants. */
function measureRounds(sampler: AnySampler, space: Space, options: unknown): ProposalCost {
  const { round, parents } = sampler.rounds!;
  const random = stream('cost', sampler.name);
  const history: Observation[] = [];
  const spent: number[] = [];
  const sizes: number[] = [];
  let wave = 0;
  const ask = (seed: string, told: readonly Observation[]): { milliseconds: number; count: number } => {
    const planned = round({ options: options as never, space, full: FULL, index: wave });
    const { trials: count, from, fidelity } = planned;
    const request = {
      ...{ options: options as never, space, seed, history: told, wave, firstTrial: told.length },
      ...{ count, full: FULL },
    };
    const begin = performance.now();
    const chosen = from === 0 ? [] : parents(request);
    const proposals = sampler.propose(request);
    const milliseconds = performance.now() - begin;
    if (told !== history) return { milliseconds, count };
    proposals.forEach((assignment, index) => {
      const before = history[chosen[index] ?? -1]?.curve ?? [];
      const added = Array.from({ length: fidelity - from }, () => random.uniform());
      const curve = [...before, ...added];
      history.push({ trial: history.length, wave, assignment, value: curve.at(-1)!, curve });
    });
    wave++;
    return { milliseconds, count };
  };
  while (history.length < TOLD) ask('cost', history);
  const resume = ask('resumed', [...history]).milliseconds;
  for (let index = -WARM_UP; index < ROUNDS; index++) {
    const { milliseconds, count } = ask('cost', history);
    if (index < 0) continue;
    spent.push(milliseconds / count);
    sizes.push(count);
  }
  return { wave: median(sizes), resume, first: undefined, perProposal: median(spent) };
}

function observe(trial: number, wave: number, assignment: Assignment, random: Stream): Observation {
  const start = random.uniform();
  const fidelity = FIDELITIES[random.integer(FIDELITIES.length)]!;
  const curve = Array.from({ length: fidelity }, (_, index) => start / (index + 1) + 0.01 * random.uniform());
  // One in fifty diverges.
  if (random.uniform() < 0.02) return { trial, wave, assignment, value: Infinity, curve: [] };
  return { trial, wave, assignment, value: curve.at(-1)!, curve };
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
