/** The library: what a user's own module, or a program that runs studies, may import. */

// Writing one's own losses, models and tasks.
export { ops, type Tensor, type TensorLike } from './tensor/index.js';
export type { Head, TargetKind } from './problem/head.js';
export type {
  Loss,
  LossChoice,
  LossInputs,
  LossOption,
  LossOptions,
  LossParameter,
  LossText,
  PerSampleLoss,
} from './losses/loss.js';
export type { Schedule, TrainingState } from './schedules/schedule.js';
export type { HostParameters, HostTensor, Model, ModelShape, Parameters } from './models/model.js';
export type { Metric, MetricInput } from './metrics/metric.js';
export type { Part } from './problem/part.js';
export type { TaskData } from './problem/task-data.js';
export type { Task, TaskDefaults, TaskEnvironment } from './tasks/task.js';
export type { UserModule } from './plugins/user-module.js';
export { assembleTask } from './tasks/assemble.js';
export { splitParts } from './data/split-parts.js';

// Candidates and search spaces.
export type {
  Candidate,
  CurriculumSpec,
  LossSpec,
  MultiTaskSpec,
  SimpleLossSpec,
} from './candidate/candidate.js';
export type { ParameterSpec, ScheduleSpec } from './candidate/parameter-spec.js';
export { candidateHash } from './candidate/candidate-hash.js';
export { describeCandidate } from './candidate/describe-candidate.js';
export { parseCandidate } from './candidate/parse-candidate.js';
export { createSpace } from './space/create-space.js';
export { parseSpace } from './space/parse-space.js';
export type { Assignment, Entry, EntryValue, Space } from './space/space.js';
export type { SpaceDefinition } from './space/space-schema.js';

// Searching by hand: ask for trials, evaluate them in any way, tell what became of them.
export { createOptimizer, resumeOptimizer } from './search/ask-tell.js';
export type { OptimizerDefinition } from './search/ask-tell/definition.js';
export type { EarlierTrial } from './search/ask-tell/earlier-trials.js';
export type { Asked, Optimizer } from './search/ask-tell/optimizer.js';
export type { Outcome, Reached } from './search/ask-tell/outcome.js';
export type { SavedOptimizer } from './search/ask-tell/saved.js';

// Samplers and fidelity policies as they are: pure functions of the history.
// Formulas of symbolic losses.
export type { Expression } from './expressions/expression.js';
export { ExpressionError } from './expressions/expression-error.js';
export { evaluateExpression } from './expressions/evaluate-expression.js';
export { parseExpression } from './expressions/parse-expression.js';
export { latexExpression } from './expressions/latex-expression.js';
export { printExpression } from './expressions/print-expression.js';
export { simplifyExpression } from './expressions/simplify-expression.js';

// Samplers and fidelity policies, usable by hand: ask with `propose`, tell by the history.
export type { Observation, ProposalRequest, Sampler } from './search/sampler.js';
export { builtinSamplers } from './search/registry.js';
export type { Bracket, FidelityPolicy, Rung } from './fidelity/policy.js';
export { builtinFidelityPolicies } from './fidelity/registry.js';

// What mattered in a search.
export type { EntryImportance, ImportanceEvaluator } from './importance/evaluator.js';
export { parameterImportance, type RankedImportance } from './importance/parameter-importance.js';
export { builtinImportanceEvaluators } from './importance/registry.js';
export { readImportance, type StudyImportance } from './run/read-importance.js';

// Using a found loss in one's own TensorFlow.js training code.
export { builtinLosses } from './losses/registry.js';
export { buildLoss } from './losses/build-loss.js';
export type { BuiltLoss, BuiltLossInputs } from './losses/built-loss.js';
export { compileParameter } from './schedules/compile-parameter.js';
export { builtinSchedules } from './schedules/registry.js';
export { builtinMetrics } from './metrics/registry.js';
export { useBackend } from './tensor/index.js';

// Running studies.
export { evaluate, readLeaderboard, resume, search } from './run/studies.js';
export type { StudyOutcome } from './run/run-to-end.js';
export type { BeginOptions, ResumeOptions, RunOptions } from './run/study-options.js';
export type { StudyNews } from './study/study-context.js';
export type { StudyComparison, StudyVerdict } from './study/study-verdict.js';
export type { LeaderboardRow } from './export/leaderboard-row.js';
export { experimentJsonSchema } from './study/experiment-json-schema.js';
export { spaceJsonSchema } from './space/space-schema.js';

// Foundations.
export { UserError, renderUserError, type Place } from './core/errors.js';
export { permutation, stream, type Stream } from './core/random.js';
export { VERSION } from './core/version.js';
