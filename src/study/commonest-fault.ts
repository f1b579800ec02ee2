import { countText } from '../statistics/number-text.js';
import type { SettledTrial } from './settled-trial.js';

/** What most of these trials ended with, as `2 of 3 failed: threw, Error: no luck`; the first of several alike. */
export function commonestFault(records: readonly SettledTrial[]): string {
  const counts = new Map<string, number>();
  for (const { outcome } of records) {
    const fault = faultOf(outcome);
    counts.set(fault, (counts.get(fault) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most === undefined ? countText(0, 'trial') : `${most[1]} of ${records.length} ${most[0]}`;
}

function faultOf(outcome: SettledTrial['outcome']): string {
  switch (outcome.state) {
    case 'completed':
    case 'pruned':
      return 'gave no score';
    case 'diverged':
      return `diverged: ${outcome.reason}`;
    case 'rejected':
    case 'failed':
      return `${outcome.state}: ${outcome.reason}, ${outcome.detail}`;
  }
}
