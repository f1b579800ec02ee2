import { buildLoss } from '../losses/build-loss.js';
import { formCohorts } from './form-cohorts.js';
import { unitsOf, type PieceRequest } from './piece-request.js';
import type { PieceResult } from './piece-result.js';
import type { StudyContext } from './study-context.js';
import { trainCohort } from './train-cohort.js';

/**
 * Trains pieces, or takes their results from the memory. Those of one graph train side by side, which changes
 * nobody's numbers. Results come as they are done, in the order of the pieces.
 */
export function evaluatePieces(
  context: StudyContext,
  pieces: readonly PieceRequest[],
): readonly Promise<PieceResult>[] {
  const { memory, tell, registries, experiment, executor, data } = context;
  const results = new Map<PieceRequest, Promise<PieceResult>>();
  for (const piece of pieces) {
    const known = memory.piece(piece.request.trial, piece.fidelity);
    if (known === undefined) continue;
    tell({ kind: 'piece', units: unitsOf(piece) });
    results.set(piece, Promise.resolve(known));
  }
  const cohorts = formCohorts({
    items: pieces.filter((piece) => !results.has(piece)),
    graphOf: ({ request, fidelity, from }) => {
      const { structure } = buildLoss(request.candidate.loss, data.heads, registries.losses);
      return `${structure} ${from?.fidelity ?? 0} ${fidelity} ${request.part}`;
    },
    largest: registries.engines.get(experiment.engine).cohort,
    workers: executor.workers,
  });
  for (const cohort of cohorts) {
    const trained = trainCohort(context, cohort);
    cohort.forEach((piece, index) => {
      results.set(
        piece,
        trained.then((all) => all[index]!),
      );
    });
  }
  return pieces.map((piece) => results.get(piece)!);
}
