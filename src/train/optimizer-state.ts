import type { HostParameters, Parameters } from '../models/model.js';
import type { Tensor } from '../tensor/index.js';
import type { AnyOptimizerRule } from './optimizer-rule.js';
import type { OptimizerSpec } from './optimizer.js';
import { isLearned } from './parameter-names.js';

/** Entry of a state on the host that counts the steps done; it is no tensor of the training step. */
const STEPS_DONE = 'steps-done';

/** Name in the state of one slot of one parameter. */
export const slotName = (slot: string, parameter: string): string => `${slot}/${parameter}`;

/** The names of all slots in the order of the state: slot by slot, parameters in their order. */
export function slotNames(rule: AnyOptimizerRule, parameters: readonly string[]): readonly string[] {
  return rule.slots.flatMap((slot) => parameters.map((parameter) => slotName(slot, parameter)));
}

/** State before the first step: zeros of the shape of every parameter, and no step done. */
export function initialOptimizerState(rule: AnyOptimizerRule, parameters: HostParameters): HostParameters {
  const slots = rule.slots.flatMap((slot) =>
    Object.entries(parameters).map(([name, { shape, values }]) => [
      slotName(slot, name),
      { shape, values: new Float32Array(values.length) },
    ]),
  );
  return withStepsDone(Object.fromEntries(slots) as HostParameters, 0);
}

/** Steps done so far. float32 counts exactly up to 2^24 steps. */
export const stepsDone = (state: HostParameters): number => state[STEPS_DONE]!.values[0]!;

/** The slots of a state without its count of steps: what enters the training step. */
export function slotsOnly(state: HostParameters): HostParameters {
  return Object.fromEntries(Object.entries(state).filter(([name]) => name !== STEPS_DONE));
}

/** Slots with the number of steps done, as it is kept between chunks. */
export function withStepsDone(slots: HostParameters, steps: number): HostParameters {
  return { ...slots, [STEPS_DONE]: { shape: [], values: Float32Array.of(steps) } };
}

/** One update of all parameters. Pure: what comes in stays as it is. */
export function updateParameters(
  rule: AnyOptimizerRule,
  spec: OptimizerSpec,
  inputs: {
    readonly parameters: Parameters;
    readonly gradients: Parameters;
    /** By name, see {@link slotNames}. */
    readonly slots: Parameters;
    readonly scalars: readonly Tensor[];
  },
): { readonly parameters: Parameters; readonly slots: Parameters } {
  const parameters: Record<string, Tensor> = {};
  const slots: Record<string, Tensor> = {};
  for (const [name, parameter] of Object.entries(inputs.parameters)) {
    const updated = rule.update(spec, {
      parameter,
      gradient: inputs.gradients[name]!,
      slots: rule.slots.map((slot) => inputs.slots[slotName(slot, name)]!),
      scalars: inputs.scalars,
      decays: !isLearned(name),
    });
    parameters[name] = updated.parameter;
    rule.slots.forEach((slot, index) => (slots[slotName(slot, name)] = updated.slots[index]!));
  }
  return { parameters, slots };
}
