import { describe, expect, it } from 'vitest';
import { evenChoices, startChoices, updatedChoices } from '../../../src/search/normal-search/choices.js';
import { sum } from '../support/choices.js';

/** What ASNG keeps, as its paper has it: the vector of all probabilities, s, γ and Δ. */
interface Reference {
  readonly q: readonly number[];
  readonly s: readonly number[];
  readonly gamma: number;
  readonly delta: number;
}

/** Where the choices of each of three entries lie in one vector. */
const ENTRIES = [
  [0, 1],
  [2, 3, 4],
  [5, 6, 7, 8],
] as const;

/** n_θ: one of the probabilities of an entry follows from the others. */
const PARAMETERS = 1 + 2 + 3;

/** Utilities of natural evolution strategies for six draws, written out. */
const RAW = [1, 2, 3].map((rank) => Math.log(4) - Math.log(rank));
const UTILITIES = [...RAW, 0, 0, 0].map((one) => one / sum(RAW) - 1 / 6);

/**
 * One generation by the equations of ASNG. The length is taken by the Fisher matrix of the free probabilities of each
 * entry, δ_ij/q_i + 1/q_K, and the direction of s in the coordinates 2√q, in which q moves as √q does.
 */
function asng({ q, s, gamma, delta }: Reference, draws: readonly (readonly number[])[]): Reference {
  // Utilities sum to 0, so what is drawn weighs alone.
  const g = q.map((_, place) =>
    sum(
      draws.map((draw, rank) =>
        ENTRIES.some((places, entry) => places[draw[entry]!] === place) ? UTILITIES[rank]! : 0,
      ),
    ),
  );
  let squared = 0;
  for (const places of ENTRIES) {
    const free = places.slice(0, -1);
    const last = q[places[free.length]!]!;
    for (const i of free) {
      for (const j of free) squared += g[i]! * g[j]! * ((i === j ? 1 / q[i]! : 0) + 1 / last);
    }
  }
  const length = Math.sqrt(squared);
  const beta = 1 / delta / Math.sqrt(PARAMETERS);
  const turned = g.map((one, place) => one / Math.sqrt(q[place]!) / length);
  const nextS = s.map((one, place) => (1 - beta) * one + Math.sqrt(beta * (2 - beta)) * turned[place]!);
  const nextGamma = (1 - beta) ** 2 * gamma + beta * (2 - beta);
  return {
    q: q.map((one, place) => one + g[place]! / length / delta),
    s: nextS,
    gamma: nextGamma,
    delta: delta * Math.exp(beta * (nextGamma - sum(nextS.map((one) => one * one)) / 1.5)),
  };
}

/** Each entry's own share of a flat vector. */
const byEntry = (flat: readonly number[]): number[][] =>
  ENTRIES.map((places) => places.map((place) => flat[place]!));

describe('what the choices accumulate', () => {
  // The first two generations agree, the third does not.
  const generations = [
    [
      [0, 1, 2],
      [0, 2, 1],
      [1, 1, 2],
      [1, 0, 3],
      [0, 0, 0],
      [1, 2, 1],
    ],
    [
      [0, 1, 2],
      [1, 1, 2],
      [0, 1, 0],
      [1, 2, 3],
      [1, 0, 1],
      [0, 2, 2],
    ],
    [
      [1, 2, 3],
      [1, 0, 3],
      [1, 2, 1],
      [0, 1, 2],
      [0, 1, 2],
      [0, 1, 0],
    ],
  ];

  it('is that of the equations of ASNG, generation by generation', () => {
    let choices = startChoices(evenChoices([2, 3, 4]));
    let reference: Reference = {
      q: choices.probabilities.flat(),
      s: new Array<number>(9).fill(0),
      gamma: 0,
      delta: 1,
    };
    const deltas = generations.map((draws) => {
      // Steps of the length 1 leave the simplex; drawn back towards the middle all probabilities are usable.
      const inside = reference.q.map((one, place) => {
        const count = ENTRIES.find((places) => (places as readonly number[]).includes(place))!.length;
        return 0.2 * one + 0.8 / count;
      });
      choices = updatedChoices({ ...choices, probabilities: byEntry(inside) }, draws);
      reference = asng({ ...reference, q: inside }, draws);
      for (const [found, expected] of [
        [choices.probabilities.flat(), reference.q],
        [choices.path.flat(), reference.s],
        [
          [choices.settled, choices.caution],
          [reference.gamma, reference.delta],
        ],
      ] as const) {
        expect(found).toHaveLength(expected.length);
        found.forEach((one, place) => expect(one).toBeCloseTo(expected[place]!, 12));
      }
      return reference.delta;
    });
    // So that agreement and contradiction both have been told.
    expect(deltas[1]).toBeLessThan(deltas[0]!);
    expect(deltas[2]).toBeGreaterThan(deltas[1]!);
  });
});
