import { stream } from '../core/random.js';
import type { RunScores } from '../statistics/bootstrap-comparison.js';
import { pairedBootstraps } from '../statistics/paired-bootstrap.js';
import type { ComparisonOutcome, NotCompared } from '../statistics/paired-gain.js';
import { memberTargets } from './member-targets.js';
import { ownerOf } from './read-outcome.js';
import type { SettledTrial } from './settled-trial.js';
import type { StudyContext } from './study-context.js';
import { readPredictions } from './trial-blobs.js';

/**
 * The test runs of the winner against those of each control, paired by seed; arms of which a test run failed are not
 * compared.
 */
export function compareRuns(
  context: StudyContext,
  winner: readonly SettledTrial[],
  controls: readonly { readonly arm: string; readonly runs: readonly SettledTrial[] }[],
): readonly ComparisonOutcome[] {
  const { experiment, metric, data } = context;
  const faults = controls.map(({ arm, runs }) => faultOf(winner, runs, arm));
  const sound = controls.filter((_, index) => faults[index] === undefined);
  if (sound.length === 0) return faults.map((fault) => fault!);
  const compared = pairedBootstraps({
    winner: winner.map((record) => prepared(context, record)),
    controls: sound.map(({ runs }) => runs.map((record) => prepared(context, record))),
    samples: data.parts.test.length,
    direction: metric.metric.direction,
    resamples: experiment.statistics.resamples,
    level: experiment.statistics.level,
    random: stream('study', experiment.seed, 'bootstrap'),
  });
  return controls.map((control, index) => faults[index] ?? compared[sound.indexOf(control)]!);
}

/** Why two arms cannot be compared: a test run of one of them gave no score. */
function faultOf(
  winner: readonly SettledTrial[],
  control: readonly SettledTrial[],
  arm: string,
): NotCompared | undefined {
  const failed = (records: readonly SettledTrial[]): number =>
    records.filter(({ outcome }) => outcome.state !== 'completed').length;
  if (failed(winner) + failed(control) === 0) return undefined;
  const whose = failed(winner) > 0 ? 'of the found loss' : `of ${arm}`;
  const count = failed(winner) > 0 ? failed(winner) : failed(control);
  return { state: 'not-compared', reason: `${count} of ${winner.length} test runs ${whose} gave no score` };
}

/** The metric of one test run as a function of sample multiplicities. */
function prepared(context: StudyContext, record: SettledTrial): RunScores {
  const { metric, data, experiment } = context;
  const owner = ownerOf(record);
  const predictions = readPredictions(context, owner, experiment.training.evaluations)?.[metric.head];
  if (predictions === undefined) throw new Error(`the journal holds no test predictions of trial ${owner}`);
  const head = data.heads.find(({ name }) => name === metric.head)!;
  return metric.metric.prepare({
    kind: head.kind,
    prediction: predictions,
    target: memberTargets(data, head, 'test'),
    size: data.parts.test.length,
    outputs: head.outputs,
  });
}
