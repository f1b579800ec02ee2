import { describeCandidate } from '../candidate/describe-candidate.js';
import type { StudyFacts } from '../study/study-facts.js';
import type { LeaderboardRow } from './leaderboard-row.js';
import { SEARCH_ARM } from '../study/arm.js';

/**
 * best-loss.json: the found loss, ready for `lossmith evaluate --loss`, with the verdict on it and where it comes
 * from. Undefined where no candidate of the search could be trained.
 */
export function bestLoss(facts: StudyFacts, board: readonly LeaderboardRow[]): string | undefined {
  const { provenance, verdict } = facts;
  const winner = verdict?.winner;
  if (verdict === undefined || winner === undefined) return undefined;
  const row = board.find(
    ({ arm, candidateHash, test }) =>
      arm === SEARCH_ARM && candidateHash === winner.candidateHash && test.n > 0,
  );
  const content = {
    candidate: winner.candidate,
    description: describeCandidate(winner.candidate),
    candidateHash: winner.candidateHash,
    verdict: verdict.sentence,
    outcome: verdict.outcome,
    ...(row === undefined ? {} : { metric: row.metric, test: row.test, selection: row.selection }),
    experiment: provenance.experiment.name,
    experimentHash: provenance.experimentHash,
    splitHash: provenance.splitHash,
    seed: provenance.experiment.seed,
    engine: row?.engine ?? provenance.experiment.engine,
    backend: provenance.backend,
    version: provenance.version,
    // An evaluation passes on which search found the loss, so that evaluating its file says so too.
    ...(provenance.experiment.mode === 'evaluate' ? { foundBy: provenance.experiment.foundBy ?? null } : {}),
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}
