import { canonicalJson } from '../core/json.js';
import { furtherMetrics, goalStandings, type Goals } from '../study/goals.js';
import { meanScores } from '../study/mean-scores.js';
import type { Scores } from '../study/objectives.js';
import { scoreOf } from '../study/read-outcome.js';
import type { Stage, TrialRecord } from '../study/trial-record.js';
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

/** A candidate in one stage. */
interface StageResult {
  /** Over the runs with scores; undefined where there is none. */
  readonly means: Scores;
  /** A run gave no score. */
  readonly failed: boolean;
}

/**
 * What each candidate reached in the further goals, in the order given: means over its runs, and how these stand among
 * those of the candidates with the same goals; one that failed in a run ranks behind all that did not, as its means say
 * nothing of that run. Undefined for one that has no further goals.
 */
export function goalScores(contenders: readonly Contender[]): readonly (GoalScores | undefined)[] {
  const [test, selection] = STAGES.map((stage) => {
    const results = contenders.map((contender) => stageResult(contender, stage));
    return { means: results.map(({ means }) => means), standings: standingsOf(contenders, results) };
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

function stageResult({ goals, primary, records }: Contender, stage: Stage): StageResult {
  if (goals === undefined) return { means: undefined, failed: false };
  const runs = records.filter((record) => record.stage === stage);
  return {
    means: meanScores(runs, [primary, ...furtherMetrics(goals, primary)]),
    failed: runs.some(({ outcome }) => scoreOf(outcome, primary) === undefined),
  };
}

function standingsOf(
  contenders: readonly Contender[],
  results: readonly StageResult[],
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
    const own = members.map((index) => results[index]!);
    const standings = goalStandings(
      goals,
      own.map(({ means }) => means),
    );
    // Without any score, a candidate is the worst in every objective.
    const ranked = goalStandings(
      goals,
      own.map(({ means, failed }) => (failed && means !== undefined ? {} : means)),
    );
    members.forEach((index, place) => {
      const standing = standings[place];
      const rank = ranked[place]?.rank;
      if (standing === undefined) return;
      found[index] = {
        ...(rank === undefined ? {} : { rank }),
        ...(goals.constraints.length === 0 ? {} : { feasible: standing.feasible }),
      };
    });
  }
  return found;
}
