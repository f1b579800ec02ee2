import { evaluatePieces } from './evaluate-pieces.js';
import { settleRung, workKey, type Lane, type Runner } from './lane.js';
import type { PieceRequest } from './piece-request.js';
import { rememberedPiece } from './remembered-piece.js';
import type { StudyContext } from './study-context.js';

/**
 * Which trial of the study trained what, by {@link workKey}: later trials that train alike take the result over,
 * whichever arm they are of.
 */
export type Owners = Map<string, number>;

/** Trains the lanes rung by rung, all lanes of a rung at once, until every trial is settled. */
export async function runRungs(context: StudyContext, lanes: readonly Lane[], owners: Owners): Promise<void> {
  const deepest = Math.max(...lanes.map((lane) => lane.rungs.length));
  for (let rung = 0; rung < deepest; rung++) {
    await runRung(context, lanes, rung, owners);
    for (const lane of lanes) settleRung(lane, rung, context.metric);
    const ending = lanes.filter(({ keepsCheckpoints }) => !keepsCheckpoints);
    if (rung > 0) {
      context.journal.dropCheckpoints(
        ending.flatMap((lane) => lane.settled.map(({ record }) => record.trial)),
      );
    }
  }
}

async function runRung(
  context: StudyContext,
  lanes: readonly Lane[],
  rung: number,
  owners: Owners,
): Promise<void> {
  const moving = lanes
    .flatMap((lane) => (rung < lane.rungs.length ? lane.running.map((runner) => ({ runner, lane })) : []))
    .sort((a, b) => a.runner.request.trial - b.runner.request.trial);
  const entries = moving.map(({ runner, lane }) => {
    const { fidelity } = lane.rungs[rung]!;
    const key = workKey(runner.signature, fidelity);
    const owner = owners.get(key) ?? runner.request.trial;
    owners.set(key, owner);
    return {
      runner,
      key,
      fidelity,
      owner,
      keepCheckpoint: rung < lane.rungs.length - 1 || lane.keepsCheckpoints,
    };
  });
  const own = entries.filter(({ runner, owner }) => owner === runner.request.trial);
  const trained = evaluatePieces(
    context,
    own.map(({ runner, fidelity, keepCheckpoint }) => pieceOf(runner, fidelity, keepCheckpoint)),
  );
  const work = new Map(own.map(({ key }, index) => [key, trained[index]!]));
  const results = entries.map(async ({ runner, key, fidelity, owner }) => {
    const result = await (work.get(key) ?? rememberedPiece(context, owner, fidelity));
    return { runner, last: { owner, fidelity, result } };
  });
  for (const { runner, last } of await Promise.all(results)) runner.last = last;
}

function pieceOf(runner: Runner, fidelity: number, keepCheckpoint: boolean): PieceRequest {
  const { request, last = runner.from } = runner;
  return {
    request,
    fidelity,
    ...(last === undefined ? {} : { from: { trial: last.owner, fidelity: last.fidelity } }),
    keepCheckpoint,
    keepPredictions: false,
  };
}
