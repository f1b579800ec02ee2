import { canonicalJson } from '../core/json.js';
import { furtherMetrics, goalStandings, type Goals } from '../study/goals.js';
import { meanScores } from '../study/mean-scores.js';
import type { Scores } from '../study/objectives.js';
import type { TrialRecord } from '../study/trial-record.js';
import type { GoalScores, GoalStage } from './leaderboard-row.js';

/** A candidate of one arm in the selection and test stages of one study. */
export interface Contender {
  /** Absent where its experiment has one objective and no constraint. */
  readonly goals: Goals | undefined;
  /** Key of the primary metric. */
  readonly primary: string;
  readonly records: readonly TrialRecord[];
}

const STAGES = ['test', 'selection'] as const;

/**
 * What each candidate reached in the further goals, in the order given: means over its runs, and how these stand among
 * those of the candidates with the same goals. Undefined for one that has no further goals.
 */
export function goalScores(contenders: readonly Contender[]): readonly (GoalScores | undefined)[] {
  const [test, selection] = STAGES.map((stage) => {
    const means = contenders.map(({ goals, primary, records }) =>
      goals === undefined
        ? undefined
        : meanScores(
            records.filter((record) => record.stage === stage),
            [primary, ...furtherMetrics(goals, primary)],
          ),
    );
    return { means, standings: standingsOf(contenders, means) };
  });
  return contenders.map(({ goals, primary }, index) => {
    if (goals === undefined) return undefined;
    const means = furtherMetrics(goals, primary).map((key) => {
      const [tested, selected] = [test!, selection!].map((stage) => stage.means[index]?.[key]);
      return [
        key,
        {
          ...(tested === undefined || Number.isNaN(tested) ? {} : { test: tested }),
          ...(selected === undefined || Number.isNaN(selected) ? {} : { selection: selected }),
        },
      ] as const;
    });
    return {
      means: Object.fromEntries(means),
      test: test!.standings[index],
      selection: selection!.standings[index],
    };
  });
}

function standingsOf(
  contenders: readonly Contender[],
  means: readonly Scores[],
): readonly (GoalStage | undefined)[] {
  const groups = new Map<string, { readonly goals: Goals; readonly members: number[] }>();
  contenders.forEach(({ goals }, index) => {
    if (goals === undefined) return;
    const key = canonicalJson(JSON.parse(JSON.stringify(goals)) as never);
    const group = groups.get(key) ?? { goals, members: [] };
    group.members.push(index);
    groups.set(key, group);
  });
  const found = new Array<GoalStage | undefined>(contenders.length).fill(undefined);
  for (const { goals, members } of groups.values()) {
    const standings = goalStandings(
      goals,
      members.map((index) => means[index]),
    );
    members.forEach((index, place) => {
      const standing = standings[place];
      if (standing === undefined) return;
      found[index] = {
        ...(standing.rank === undefined ? {} : { rank: standing.rank }),
        ...(goals.constraints.length === 0 ? {} : { feasible: standing.feasible }),
      };
    });
  }
  return found;
}
