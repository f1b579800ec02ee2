import type { Candidate, LossSpec, SimpleLossSpec } from '../candidate/candidate.js';
import { candidateHash } from '../candidate/candidate-hash.js';
import { stream } from '../core/random.js';
import { remembered } from '../core/remembered.js';
import type { Registry } from '../core/registry.js';
import type { Loss, LossOptions } from '../losses/loss.js';
import type { Head } from '../problem/head.js';
import { plainLossSpec } from '../losses/plain-loss-spec.js';
import type { Space } from '../space/space.js';

export interface TextbookCandidate {
  /** Name of the arm, such as `textbook:focal(gamma=2)`. */
  readonly name: string;
  readonly candidate: Candidate;
}

/** Points drawn to see which losses a space holds; a family of 1 in 100 is missed once in 10^4 spaces. */
const DRAWS = 1024;

/** The simple losses that occur in candidates of a space, by name, and whether a paced curriculum does. */
const contents = remembered((space: Space) => {
  const random = stream('textbook', space.hash);
  const losses = new Set<string>();
  let paced = false;
  for (let draw = 0; draw < DRAWS; draw++) {
    const candidate = space.build(
      space.decode(Array.from({ length: space.dimensions }, () => random.uniform())),
    );
    if (candidate.loss.name !== 'multi-task')
      simpleLosses(candidate.loss).forEach((name) => losses.add(name));
    paced ||= candidate.curriculum?.kind === 'paced';
  }
  return { losses: [...losses].sort(), paced };
});

function simpleLosses(loss: LossSpec): readonly string[] {
  if (loss.name !== 'weighted-sum' || !('terms' in loss)) return [loss.name];
  return loss.terms.map((term) => term.loss.name);
}

const describe = (name: string, settings: LossOptions): string => {
  const listed = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
  return listed.length === 0 ? name : `${name}(${listed.join(' ')})`;
};

/**
 * The controls that need no tuning: the textbook settings of each loss in the space; for several heads the
 * textbook weightings; for paced curricula a linear pacing in random order, which shows what fewer samples at the
 * start do by themselves, whatever their order.
 */
export function textbookCandidates(
  space: Space | undefined,
  heads: readonly Head[],
  plainLoss: Readonly<Record<string, string>>,
  losses: Registry<Loss>,
): readonly TextbookCandidate[] {
  const plain = plainLossSpec(heads, plainLoss);
  const found: TextbookCandidate[] = [];
  if (plain.name === 'multi-task' && 'heads' in plain) {
    found.push(
      { name: 'uncertainty', candidate: { loss: { ...plain, weighting: { name: 'uncertainty' } } } },
      {
        name: 'dynamic-weight-average',
        candidate: { loss: { ...plain, weighting: { name: 'dynamic-weight-average', temperature: 2 } } },
      },
    );
  }
  const inside = space === undefined ? { losses: [], paced: false } : contents(space);
  for (const name of inside.losses) {
    if (!losses.has(name)) continue;
    const { textbook = [], textbookOptions = {} } = losses.get(name);
    for (const parameters of textbook) {
      const loss: SimpleLossSpec = { name, parameters };
      found.push({ name: describe(name, parameters), candidate: { loss } });
    }
    // With several heads there are no simple losses here, so the first head is the only one.
    for (const options of textbookOptions[heads[0]!.kind] ?? []) {
      found.push({ name: describe(name, options), candidate: { loss: { name, options } } });
    }
  }
  if (inside.paced) {
    found.push({
      name: 'random-order',
      candidate: {
        loss: plain,
        curriculum: {
          kind: 'paced',
          difficulty: { score: 'class-rarity' },
          order: 'random',
          pacing: { function: 'linear', start: 0.2, full: 0.8 },
        },
      },
    });
  }
  // The plain loss has an arm of its own.
  const seen = new Set<string>([candidateHash({ loss: plain })]);
  return found
    .filter(({ candidate }) => {
      const hash = candidateHash(candidate);
      return !seen.has(hash) && seen.add(hash);
    })
    .map(({ name, candidate }) => ({ name: `textbook:${name}`, candidate }));
}
