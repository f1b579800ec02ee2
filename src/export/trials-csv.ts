import { stringify } from 'csv-stringify/sync';
import { canonicalJson } from '../core/json.js';
import { goalsOf } from '../study/goals.js';
import type { Provenance } from '../study/provenance.js';
import { engineOf } from '../study/read-outcome.js';
import type { TrialRecord } from '../study/trial-record.js';
import { csvNumber } from './csv-number.js';
import { trialStandings } from './trial-standings.js';

/**
 * trials.csv: every settled trial in trial order, with what it was and what came out. Fixed columns, numbers in
 * shortest round-trip form, no wall time: the same experiment, seed, engine and platform give the same bytes. With
 * several objectives there is a column `pareto_rank` (1: the front of the arm's search), with constraints `feasible`
 * and `violation`, and `continues` where trials went on with the training of others.
 */
export function trialsCsv(provenance: Provenance, records: readonly TrialRecord[]): string {
  const { experiment } = provenance;
  const metrics = experiment.metrics.map(({ key }) => key);
  const descends = records.some(({ continues }) => continues !== undefined);
  const goals = goalsOf(experiment);
  const standings = trialStandings(provenance, records);
  const ranked = (goals?.objectives ?? []).length > 0;
  const bounded = (goals?.constraints ?? []).length > 0;
  const columns = [
    ...['trial', 'stage', 'arm', 'index', 'wave', 'state', 'reason', 'detail', 'duplicate_of'],
    ...(descends ? ['continues'] : []),
    ...['candidate_hash', 'candidate', 'seed', 'part', 'fidelity', 'steps', ...metrics],
    ...(ranked ? ['pareto_rank'] : []),
    ...(bounded ? ['feasible', 'violation'] : []),
    ...['experiment_hash', 'split_hash', 'study_seed', 'engine', 'backend', 'version'],
  ];
  const rows = records.map((record) => {
    const { outcome } = record;
    const standing = standings.get(record.trial);
    const trained = outcome.state === 'completed' || outcome.state === 'pruned' ? outcome : undefined;
    return [
      ...[record.trial, record.stage, record.arm, record.index, record.wave, outcome.state],
      'reason' in outcome ? outcome.reason : '',
      'detail' in outcome ? outcome.detail : '',
      'duplicateOf' in outcome && outcome.duplicateOf !== undefined ? outcome.duplicateOf : '',
      ...(descends ? [record.continues ?? ''] : []),
      ...[record.candidateHash, canonicalJson(record.candidate), record.seed, record.part],
      trained === undefined ? '' : trained.fidelity,
      'steps' in outcome ? outcome.steps : '',
      ...metrics.map((key) => csvNumber(trained?.metrics[key])),
      ...(ranked ? [csvNumber(standing?.rank)] : []),
      ...(bounded ? [standing === undefined ? '' : String(standing.feasible)] : []),
      ...(bounded ? [csvNumber(standing?.violation)] : []),
      ...[provenance.experimentHash, provenance.splitHash, experiment.seed],
      ...[engineOf(outcome, experiment.engine) ?? experiment.engine, provenance.backend, provenance.version],
    ];
  });
  return stringify([columns, ...rows]);
}
