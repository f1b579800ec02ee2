import { verdict as decide, type JudgedComparison } from '../statistics/verdict.js';
import type { Json } from '../core/json.js';
import { PLAIN_ARM, SEARCH_ARM } from './arm.js';
import { commonestFault } from './commonest-fault.js';
import { compareRuns } from './compare-runs.js';
import { constraintsToBlame, missedOnTest } from './explain-constraints.js';
import { lastPieces } from './descents.js';
import { withSeenTest } from './found-by.js';
import type { Finalist } from './run-replicates.js';
import type { StudyContext } from './study-context.js';
import type { StudyComparison, StudyVerdict } from './study-verdict.js';
import type { SettledTrial } from './settled-trial.js';

/**
 * Compares the winner of the search with every control on the test part and journals the verdict. Taken from the
 * journal where it is there already.
 */
export function judge(
  context: StudyContext,
  finalists: readonly Finalist[],
  records: readonly SettledTrial[],
): StudyVerdict {
  const known = context.memory.verdict();
  if (known !== undefined) return known as unknown as StudyVerdict;
  const { experiment, data } = context;
  const found = withSeenTest(compute(context, finalists, records), experiment.foundBy, data.splitHash);
  context.memory.rememberVerdict(found as unknown as Json);
  return found;
}

function compute(
  context: StudyContext,
  finalists: readonly Finalist[],
  records: readonly SettledTrial[],
): StudyVerdict {
  const { constraints = [], mode } = context.experiment;
  const tried = records.filter(({ stage, arm }) => stage === 'search' && arm === SEARCH_ARM);
  // Where trials go on with the training of others, a candidate is what the last of them stands for.
  const searched = lastPieces(tried).length;
  const pieces = searched === tried.length ? {} : { pieces: tried.length };
  const winner = finalists.find(({ arm }) => arm === SEARCH_ARM);
  if (winner === undefined) {
    const untrained =
      mode === 'search'
        ? `none of the ${searched} candidates of the search could`
        : 'the given loss could not';
    const reason =
      constraintsToBlame(constraints, records) ?? `${untrained} be trained (${commonestFault(tried)})`;
    const sentence = `There is no significant gain to claim: ${reason}.`;
    return { outcome: 'not-judged', sentence, comparisons: [] };
  }
  const controls = finalists.filter(({ arm }) => arm !== SEARCH_ARM);
  const plain = controls.find(({ arm }) => arm === PLAIN_ARM);
  const runs = (arm: string): readonly SettledTrial[] =>
    records.filter((record) => record.stage === 'test' && record.arm === arm);
  const winnerRuns = runs(SEARCH_ARM);
  const found = { candidate: winnerRuns[0]!.candidate, candidateHash: winnerRuns[0]!.candidateHash };
  if (plain === undefined) {
    const reason = context.experiment.controls.plain
      ? 'the plain loss could not be trained'
      : 'the study ran without the plain loss';
    const sentence = `There is no significant gain to claim: ${reason}.`;
    return { outcome: 'not-judged', sentence, winner: found, comparisons: [] };
  }
  const { experiment, metric } = context;
  const outcomes = compareRuns(
    context,
    winnerRuns,
    controls.map(({ arm }) => ({ arm, runs: runs(arm) })),
  );
  const decided = decide({
    comparisons: controls.map((control, index) => ({
      control: control.arm,
      role: control === plain ? 'plain' : 'other',
      outcome: outcomes[index]!,
    })),
    metric: metric.key,
    ...(mode === 'search' ? { searched, ...pieces } : {}),
    level: experiment.statistics.level,
  });
  const missed = missedOnTest(constraints, winnerRuns);
  const judged =
    missed === undefined
      ? decided
      : { ...decided, sentence: `${decided.sentence.replace(/\.$/, '')}; ${missed}.` };
  return {
    outcome: judged.kind,
    sentence: judged.sentence,
    winner: found,
    comparisons: judged.comparisons.map((one) => summary(one, runs(one.control)[0]!.candidateHash)),
    // Through JSON, so that a fresh verdict and one read back from the journal are the same value.
    judged: JSON.parse(JSON.stringify(judged)) as typeof judged,
  };
}

function summary(judged: JudgedComparison, candidateHash: string): StudyComparison {
  const common = { arm: judged.control, candidateHash };
  if (judged.finding === 'not-compared') {
    const reason = judged.outcome.state === 'not-compared' ? judged.outcome.reason : '';
    return { ...common, state: 'not-compared', reason };
  }
  const { gain, interval, pValue } = judged.outcome;
  return {
    ...common,
    state: 'compared',
    gain,
    interval,
    pValue,
    adjustedPValue: judged.adjustedPValue,
  };
}
