import type { Stream } from '../../core/random.js';

/**
 * What happens when a run has ended: `none`, it goes on where it is; `ipop`, a new one with twice the population
 * (Auger & Hansen, CEC 2005); `bipop`, new ones with large and small populations in turn, by what each kind has
 * spent (Hansen, GECCO workshop 2009).
 */
export type Restart = 'none' | 'ipop' | 'bipop';

/** One run of a search from its start to its end. */
export interface Run {
  /** Runs before this one. */
  readonly restarts: number;
  /** Whose budget this run spends. The first one counts as small, though its population doubles from there. */
  readonly kind: 'small' | 'large';
  /** Least trials of a generation. */
  readonly lambda: number;
  /** First standard deviation. */
  readonly sigma: number;
  /** Trials after which the run ends, whatever it has reached. */
  readonly limit: number;
  /** Runs of kind `large` so far, this one included. */
  readonly large: number;
  /** Trials told by all runs of each kind, up to the beginning of this one. */
  readonly spent: Readonly<Record<Run['kind'], number>>;
}

export function firstRun(lambda: number, sigma: number): Run {
  return {
    restarts: 0,
    kind: 'small',
    lambda,
    sigma,
    limit: Infinity,
    large: 0,
    spent: { small: 0, large: 0 },
  };
}

/**
 * The run after one that has ended. Under `ipop`, and for the large runs of `bipop`, λ = λ₀ · 2^(large runs). `bipop`
 * makes a small run while the small ones have spent less than the large ones: λ = ⌊λ₀ · 2^(large runs · U²)⌋,
 * σ = σ₀ · 10^(−2 U'), and at most half the trials that the large ones have spent (pycma).
 * @param trials told in the run that has ended
 */
export function nextRun(
  ended: Run,
  trials: number,
  restart: Exclude<Restart, 'none'>,
  first: { readonly lambda: number; readonly sigma: number },
  random: Stream,
): Run {
  const spent = { ...ended.spent, [ended.kind]: ended.spent[ended.kind] + trials };
  const restarts = ended.restarts + 1;
  if (restart === 'bipop' && spent.small < spent.large) {
    const lambda = Math.floor(first.lambda * 2 ** (ended.large * random.uniform() ** 2));
    const sigma = first.sigma * 10 ** (-2 * random.uniform());
    return { restarts, kind: 'small', lambda, sigma, limit: spent.large / 2, large: ended.large, spent };
  }
  const large = ended.large + 1;
  return {
    restarts,
    kind: 'large',
    lambda: first.lambda * 2 ** large,
    sigma: first.sigma,
    limit: Infinity,
    large,
    spent,
  };
}
