import type { LossSpec, MixtureSpec } from '../../candidate/candidate.js';
import type { Registry } from '../../core/registry.js';
import { renderValue } from '../../core/render-value.js';
import type { Head } from '../../problem/head.js';
import { ops } from '../../tensor/index.js';
import type { Loss } from '../loss.js';
import { candidateError, checkKeys } from './candidate-error.js';
import type { LossPart } from './loss-part.js';
import { placeParameter } from './placed-parameter.js';
import { simplePart } from './simple-part.js';

/** Weights of terms and of heads: a negative one would train against the loss. */
export const WEIGHT = { default: 1, low: 0, high: Infinity } as const;

/** The loss of one head: of the registry, or a weighted sum. @throws UserError `candidate` */
export function headPart(spec: LossSpec, head: Head, registry: Registry<Loss>, path: string): LossPart {
  if (typeof spec !== 'object' || (spec as unknown) === null) {
    throw candidateError(path, 'this is no loss', renderValue(spec), 'a loss with a name');
  }
  return isMixture(spec) ? mixturePart(spec, head, registry, path) : simplePart(spec, head, registry, path);
}

const isMixture = (spec: LossSpec): spec is MixtureSpec => spec.name === 'weighted-sum';

/** Σ_k weight_k·loss_k; θ of a term is its weight, then the parameters of its loss. */
function mixturePart(spec: MixtureSpec, head: Head, registry: Registry<Loss>, path: string): LossPart {
  checkKeys(spec, ['name', 'terms'], path, 'entry of a weighted sum');
  const given: unknown = spec.terms;
  if (!Array.isArray(given) || given.length === 0) {
    throw candidateError(`${path}.terms`, 'a weighted sum needs terms', renderValue(given), 'at least one');
  }
  const terms = spec.terms.map((term, index) => {
    const termPath = `${path}.terms.${index}`;
    checkKeys(term, ['weight', 'loss'], termPath, 'entry of a term');
    const place = { path: `${termPath}.weight`, slotPath: `${termPath}.weight`, size: 1 };
    return {
      weight: placeParameter(WEIGHT, term.weight, place),
      part: simplePart(term.loss, head, registry, `${termPath}.loss`),
    };
  });
  return {
    structure: { name: spec.name, terms: terms.map(({ part }) => part.structure) },
    parameters: terms.flatMap(({ weight, part }) => [weight, ...part.parameters]),
    perSample: (inputs, theta) => {
      let next = 0;
      return terms
        .map(({ part }) => {
          const weight = theta[next]!;
          const own = theta.slice(next + 1, next + 1 + part.parameters.length);
          next += 1 + part.parameters.length;
          return ops.mul(weight, part.perSample(inputs, own));
        })
        .reduce((total, term) => ops.add(total, term));
    },
  };
}
