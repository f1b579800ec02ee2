import { candidateHash } from '../candidate/candidate-hash.js';
import type { Candidate } from '../candidate/candidate.js';
import { assignmentKey } from '../search/assignments.js';
import { isFailure, ranked } from '../search/ranking.js';
import type { Assignment, Space } from '../space/space.js';
import { wholePoint } from '../space/whole-point.js';
import { PLAIN_ARM } from './arm.js';
import type { Experiment } from './experiment.js';
import { observeRecord } from './observe-record.js';
import { priorObservations, type StartFrom } from './start-from.js';
import type { PrimaryMetric } from './study-context.js';
import type { StudyFacts } from './study-facts.js';
import type { TrialRecord } from './trial-record.js';

/**
 * What a study has to say about a space: its search trials that lie in it, and the best of their points. Selection and test
 * are not looked at: they would tell the new search what its own later stages are to find out.
 * @param metric of the new study, of the same direction
 * @param top points to try first, at most
 */
export function startingPoints(
  { provenance, records }: StudyFacts,
  space: Space,
  metric: PrimaryMetric,
  top: number,
): StartFrom {
  const { experiment, experimentHash, splitHash } = provenance;
  const sampled = records.filter(
    ({ stage, arm, assignment }) => stage === 'search' && arm !== PLAIN_ARM && assignment !== undefined,
  );
  const { key } = experiment.metrics[0]!;
  const trials = sampled.flatMap((record) => {
    const assignment = pointOf(record, experiment, space);
    if (assignment === undefined) return [];
    const { value, curve } = observeRecord(record, { ...metric, key });
    return [{ assignment, value: finite(value), curve: curve.map(finite) }];
  });
  const origin = {
    study: experiment.name,
    experimentHash,
    splitHash,
    seed: experiment.seed,
    metric: key,
    trials: sampled.length,
  };
  const known = { origin, enqueue: [], trials };
  return { ...known, enqueue: bestPoints(known, top) };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/**
 * The point of the space that a trial was of; undefined where it is none. Names are not enough: two spaces may mean two
 * things by `gamma`, so the space must build the very candidate that was trained. The learning rate that was tuned for
 * the plain loss is no part of it.
 */
function pointOf(record: TrialRecord, experiment: Experiment, space: Space): Assignment | undefined {
  const point = wholePoint(space, record.assignment!);
  if (point === undefined) return undefined;
  const trained = searchesRate(experiment) ? record.candidate : withoutRate(record.candidate);
  return candidateHash(space.build(point)) === candidateHash(trained) ? point : undefined;
}

function searchesRate({ space }: Experiment): boolean {
  const { candidate } = space as { readonly candidate: object };
  return 'learningRate' in candidate;
}

function withoutRate({ learningRate: _rate, ...candidate }: Candidate): Candidate {
  return candidate;
}

/** The best distinct points that did not fail, best first. */
function bestPoints(known: StartFrom, top: number): readonly Assignment[] {
  const points = new Map<string, Assignment>();
  for (const observation of ranked(priorObservations(known))) {
    if (points.size >= top || isFailure(observation)) break;
    const key = assignmentKey(observation.assignment);
    if (!points.has(key)) points.set(key, observation.assignment);
  }
  return [...points.values()];
}
