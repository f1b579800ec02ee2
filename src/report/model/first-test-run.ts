import type { CurvePoint } from '../../trial/trial.js';
import type { TrialRecord } from '../../study/trial-record.js';

/** The learning curve of a candidate on the first test seed on which it trained. */
export function firstTestRun(
  records: readonly TrialRecord[],
  candidate: Pick<TrialRecord, 'arm' | 'candidateHash'>,
): readonly CurvePoint[] | undefined {
  const first = records.find(
    ({ stage, arm, candidateHash, outcome }) =>
      stage === 'test' &&
      arm === candidate.arm &&
      candidateHash === candidate.candidateHash &&
      outcome.state === 'completed',
  );
  return first?.outcome.state === 'completed' ? first.outcome.curve : undefined;
}
