/** A metric that is searched for. */
export interface Objective {
  /** Key of the metric. */
  readonly key: string;
  readonly direction: 'maximize' | 'minimize';
}

/** Scores by metric key; undefined for a trial that has none. */
export type Scores = Readonly<Record<string, number>> | undefined;

/** A score as a value to be minimised; +Infinity for no score, or one that is no finite number. */
export function valueOf({ direction }: Objective, score: number | undefined): number {
  if (score === undefined || !Number.isFinite(score)) return Infinity;
  return direction === 'maximize' ? -score : score;
}

/** Values to be minimised, one for each objective. */
export function objectiveValues(objectives: readonly Objective[], scores: Scores): readonly number[] {
  return objectives.map((objective) => valueOf(objective, scores?.[objective.key]));
}
