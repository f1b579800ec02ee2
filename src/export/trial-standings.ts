import { goalsOf, goalStandings, scoresOf, type GoalStanding } from '../study/goals.js';
import type { Provenance } from '../study/provenance.js';
import type { TrialRecord } from '../study/trial-record.js';

/**
 * How each fully trained trial stands, by its number: whether it keeps the constraints, and in the search stage its
 * Pareto rank among the trials of its own arm. Empty where the experiment has one objective and no constraint.
 */
export function trialStandings(
  { experiment }: Provenance,
  records: readonly TrialRecord[],
): ReadonlyMap<number, GoalStanding> {
  const goals = goalsOf(experiment);
  const found = new Map<number, GoalStanding>();
  if (goals === undefined) return found;
  const groups = new Map<string, TrialRecord[]>();
  for (const record of records) {
    if (record.outcome.state !== 'completed') continue;
    const key = `${record.stage}/${record.arm}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  for (const group of groups.values()) {
    goalStandings(goals, group.map(scoresOf)).forEach((standing, index) => {
      const { trial, stage } = group[index]!;
      // Later stages train one candidate several times: there is nothing to rank among these runs.
      found.set(trial, stage === 'search' ? standing! : { ...standing!, rank: undefined });
    });
  }
  return found;
}
