import { candidateHash } from '../candidate/candidate-hash.js';
import type { Candidate } from '../candidate/candidate.js';
import { canonicalCandidate } from '../candidate/canonical-candidate.js';
import { evaluatePieces } from './evaluate-pieces.js';
import type { PieceResult } from './piece-result.js';
import type { StudyContext } from './study-context.js';
import type { Stage, TrialRecord, TrialRequest } from './trial-record.js';

/** A candidate that an arm sends to the selection or the test stage. */
export interface Finalist {
  readonly arm: string;
  readonly candidate: Candidate;
}

/**
 * Trains each finalist fully on each fresh seed and evaluates it on the part of the stage. Equal candidates of
 * different arms train once: the later trial takes the result over.
 * @returns the trials of all finalists, in trial order: finalist by finalist, seed by seed.
 */
export async function runReplicates(
  context: StudyContext,
  stage: Exclude<Stage, 'search'>,
  finalists: readonly Finalist[],
  seeds: number,
  firstTrial: number,
): Promise<readonly TrialRecord[]> {
  const { experiment, memory } = context;
  const fidelity = experiment.training.evaluations;
  const counts = new Map<string, number>();
  const requests = finalists.flatMap(({ arm, candidate }, position) =>
    Array.from({ length: seeds }, (_, replicate): TrialRequest => {
      const index = counts.get(arm) ?? 0;
      counts.set(arm, index + 1);
      return {
        trial: firstTrial + position * seeds + replicate,
        stage,
        arm,
        index,
        wave: 0,
        seed: `study/${experiment.seed}/${stage}/${replicate}`,
        part: stage,
        candidate: canonicalCandidate(candidate),
        candidateHash: candidateHash(candidate),
      };
    }),
  );
  memory.openStage(stage);
  memory.ask(requests);
  const owners = new Map<string, TrialRequest>();
  for (const request of requests) {
    const key = keyOf(request);
    if (!owners.has(key)) owners.set(key, request);
  }
  const pieces = [...owners.values()].map((request) => ({
    request,
    fidelity,
    keepCheckpoint: false,
    keepPredictions: stage === 'test',
  }));
  const trained = evaluatePieces(context, pieces);
  const work = new Map<string, { readonly owner: number; readonly result: Promise<PieceResult> }>(
    pieces.map(({ request }, index) => [keyOf(request), { owner: request.trial, result: trained[index]! }]),
  );
  // Every piece is awaited before the first failure is passed on: none may go on unseen.
  await Promise.allSettled([...work.values()].map(({ result }) => result));
  const records: TrialRecord[] = [];
  for (const request of requests) {
    const { owner, result } = work.get(keyOf(request))!;
    const piece = await result;
    const duplicate = owner === request.trial ? {} : { duplicateOf: owner };
    records.push({
      ...request,
      outcome:
        piece.state === 'trained'
          ? { ...piece, ...duplicate, state: 'completed' }
          : { ...piece, ...duplicate },
    });
  }
  memory.tell(records);
  for (const record of records) context.tell({ kind: 'told', record });
  return records;
}

/** Trials of one key give one result. */
const keyOf = ({ candidateHash: hash, seed }: TrialRequest): string => `${hash}@${seed}`;
