import { builtinSamplers } from '../../src/search/registry.js';
import { numberIn } from '../../src/space/entry-value.js';
import { BBOB_FUNCTIONS, bbobProblem } from './bbob/problems.js';
import { hitTimes, TARGETS } from './ecdf.js';
import { runSearch } from './run-search.js';
import { boxSpace } from './spaces.js';

/** One sampler on one function in one dimension, on some instances. */
export interface BbobJob {
  readonly kind: 'bbob';
  readonly sampler: string;
  readonly id: number;
  readonly d: number;
  /** 1 … instances; the instance is the seed as well. */
  readonly instances: number;
  readonly evaluations: number;
}

export interface BbobResult {
  /** Evaluation that reached each target first, instance after instance; Infinity: none did. */
  readonly times: readonly number[];
  /** Evaluations made: fewer where all targets were reached. */
  readonly evaluations: number;
  readonly milliseconds: number;
}

export function runBbob({ sampler: name, id, d, instances, evaluations }: BbobJob): BbobResult {
  const begin = performance.now();
  const sampler = builtinSamplers.get(name);
  const options: unknown = sampler.schema.parse({});
  const definition = BBOB_FUNCTIONS.find((one) => one.id === id)!;
  const lowest = TARGETS.at(-1)!;
  let made = 0;
  const times = Array.from({ length: instances }, (_, index): number[] => {
    const { value, minimum } = bbobProblem(definition, index + 1, d);
    const space = boxSpace(d);
    const names = space.entries.map((entry) => entry.name);
    let best = Infinity;
    const values = runSearch({
      ...{ sampler, options, space, seed: `bbob/${id}/${index + 1}`, trials: evaluations },
      objective: (assignment) => {
        const found = value(names.map((entry) => numberIn(assignment, entry)));
        best = Math.min(best, found - minimum);
        return found;
      },
      isDone: () => best <= lowest,
    });
    made += values.length;
    return hitTimes(values.map((found) => found - minimum));
  });
  return { times: times.flat(), evaluations: made, milliseconds: performance.now() - begin };
}
