import type { LossSpec, MultiTaskSpec } from '../../candidate/candidate.js';
import { canonicalJson } from '../../core/json.js';
import type { Registry } from '../../core/registry.js';
import { renderValue } from '../../core/render-value.js';
import type { Head } from '../../problem/head.js';
import type { Tensor } from '../../tensor/index.js';
import type { BuiltLoss, BuiltLossInputs } from '../built-loss.js';
import type { Loss } from '../loss.js';
import { candidateError, checkKeys } from './candidate-error.js';
import { headPart } from './head-part.js';
import { headWeighting, type HeadWeighting } from './head-weighting.js';
import type { LossPart } from './loss-part.js';
import type { PlacedParameter } from './placed-parameter.js';

/** A built loss and the parameters that its candidate sets. */
export interface LossPlan {
  readonly built: BuiltLoss;
  readonly parameters: readonly PlacedParameter[];
}

const ROOT = 'loss';

/** Checks a specification against the heads of a task and turns it into functions. @throws UserError `candidate` */
export function planLoss(
  spec: LossSpec | MultiTaskSpec,
  heads: readonly Head[],
  registry: Registry<Loss>,
): LossPlan {
  if (isMultiTask(spec)) {
    const parts = multiTaskParts(spec, heads, registry);
    return assemble(heads, parts, headWeighting(spec.weighting, heads, `${ROOT}.weighting`));
  }
  const [head, ...more] = heads;
  if (head === undefined || more.length > 0) {
    throw candidateError(
      `${ROOT}.name`,
      'a task with several heads needs one loss for each',
      renderValue((spec as LossSpec | undefined)?.name),
      `multi-task with heads ${heads.map(({ name }) => name).join(', ')}`,
    );
  }
  return assemble(heads, [headPart(spec, head, registry, ROOT)], undefined);
}

const isMultiTask = (spec: LossSpec | MultiTaskSpec): spec is MultiTaskSpec =>
  (spec as LossSpec | undefined)?.name === 'multi-task';

/** One loss per head, in the order of the heads. */
function multiTaskParts(
  spec: MultiTaskSpec,
  heads: readonly Head[],
  registry: Registry<Loss>,
): readonly LossPart[] {
  checkKeys(spec, ['name', 'heads', 'weighting'], ROOT, 'entry of a multi-task loss');
  const given = spec.heads ?? {};
  const names = heads.map(({ name }) => name);
  checkKeys(given, names, `${ROOT}.heads`, 'head');
  const missing = names.find((name) => !Object.hasOwn(given, name));
  if (missing !== undefined) {
    const found = Object.keys(given).join(', ') || 'no heads';
    throw candidateError(`${ROOT}.heads`, `the head ${missing} has no loss`, found, names.join(', '));
  }
  if (typeof spec.weighting !== 'object' || (spec.weighting as unknown) === null) {
    const found = renderValue(spec.weighting);
    throw candidateError(`${ROOT}.weighting`, 'a multi-task loss needs a weighting', found, 'name: fixed');
  }
  return heads.map((head) => headPart(given[head.name]!, head, registry, `${ROOT}.heads.${head.name}`));
}

/** θ comes as the parameters of each head in turn, then those of the weighting. */
function assemble(
  heads: readonly Head[],
  parts: readonly LossPart[],
  weighting: HeadWeighting | undefined,
): LossPlan {
  const ofLosses = parts.flatMap((part) => part.parameters);
  const structure = canonicalJson({
    heads: heads.map(({ name, kind, outputs }, index) => ({
      name,
      kind,
      outputs,
      loss: parts[index]!.structure,
    })),
    weighting: weighting?.structure,
  });
  const perSample = ({ predictions, targets, theta, learned, classCounts }: BuiltLossInputs) => {
    let next = 0;
    const losses = parts.map((part, index): Tensor => {
      const { name } = heads[index]!;
      const own = theta.slice(next, (next += part.parameters.length));
      const counts = classCounts[name];
      const inputs = { prediction: predictions[name]!, target: targets[name]! };
      return part.perSample(counts === undefined ? inputs : { ...inputs, classCounts: counts }, own);
    });
    const total =
      weighting === undefined ? losses[0]! : weighting.combine(losses, theta.slice(next), learned);
    return { total, heads: Object.fromEntries(heads.map(({ name }, index) => [name, losses[index]!])) };
  };
  return {
    built: {
      structure,
      slots: [...ofLosses.map(({ slot }) => slot), ...(weighting?.slots ?? [])],
      learned: weighting?.learned ?? [],
      perSample,
    },
    parameters: [...ofLosses, ...(weighting?.parameters ?? [])],
  };
}
