import type { LossSpec, MultiTaskSpec } from '../candidate/candidate.js';
import { UserError } from '../core/errors.js';
import type { Head } from '../problem/head.js';

/**
 * The specification of a task's plain losses: the one loss, or one per head with weights 1.
 *
 * @param plainLoss name of a loss by head
 * @throws UserError `candidate` for a head without a plain loss
 */
export function plainLossSpec(
  heads: readonly Head[],
  plainLoss: Readonly<Record<string, string>>,
): LossSpec | MultiTaskSpec {
  const entries = heads.map(({ name }): [string, LossSpec] => [name, { name: plainLossOf(name, plainLoss) }]);
  const [first] = entries;
  if (first !== undefined && entries.length === 1) return first[1];
  return {
    name: 'multi-task',
    heads: Object.fromEntries(entries),
    weighting: { name: 'fixed', weights: Object.fromEntries(entries.map(([name]) => [name, 1])) },
  };
}

function plainLossOf(head: string, plainLoss: Readonly<Record<string, string>>): string {
  const name = plainLoss[head];
  if (name !== undefined) return name;
  throw new UserError({
    code: 'candidate',
    message: 'the head has no plain loss',
    place: { path: `plainLoss.${head}` },
    found: Object.keys(plainLoss).join(', ') || 'nothing',
    expected: 'the name of a loss',
  });
}
