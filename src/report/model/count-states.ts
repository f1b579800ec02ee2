import { byText } from '../../core/order.js';
import { isPiece } from '../../study/descents.js';
import type { TrialRecord } from '../../study/trial-record.js';
import { COUNTED_STATES, type CountedState, type TrialCount } from '../report-model.js';

/** A duplicate counts as such, whatever the trial that it took its result from came to. */
function stateOf(record: TrialRecord, plansRounds: boolean): CountedState {
  const { outcome } = record;
  if ('duplicateOf' in outcome && outcome.duplicateOf !== undefined) return 'duplicate';
  return isPiece(record, plansRounds) ? 'piece' : outcome.state;
}

/**
 * Settled trials of all stages by state, and the reasons of those that gave no score.
 * @param plansRounds whether the sampler of the search does, so that its trials are pieces of trainings
 */
export function countStates(records: readonly TrialRecord[], plansRounds: boolean): readonly TrialCount[] {
  return COUNTED_STATES.flatMap((state) => {
    const inside = records.filter((record) => stateOf(record, plansRounds) === state);
    if (inside.length === 0) return [];
    const reasons = new Map<string, number>();
    for (const { outcome } of inside) {
      if (state !== 'duplicate' && 'reason' in outcome) {
        reasons.set(outcome.reason, (reasons.get(outcome.reason) ?? 0) + 1);
      }
    }
    const listed = [...reasons].map(([reason, count]) => ({ reason, count }));
    return [{ state, count: inside.length, reasons: listed.sort((a, b) => byText(a.reason, b.reason)) }];
  });
}
