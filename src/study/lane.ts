import type { Rung } from '../fidelity/policy.js';
import { survivors } from '../fidelity/survivors.js';
import type { Arm } from './arm.js';
import type { PieceResult } from './piece-result.js';
import type { PrimaryMetric } from './study-context.js';
import type { TrialRecord, TrialRequest, TrialState } from './trial-record.js';

/** A trial on its way through the rungs of its bracket. */
export interface Runner {
  readonly request: TrialRequest;
  /** Trials of one signature train alike. */
  readonly signature: string;
  /** Last piece that it has, and whose it is. */
  last?: { readonly owner: number; readonly fidelity: number; readonly result: PieceResult };
}

/** One arm's bracket in the present round. */
export interface Lane {
  readonly arm: Arm;
  readonly rungs: readonly Rung[];
  running: readonly Runner[];
  readonly settled: TrialRecord[];
  /** What the arm has trained so far, in this bracket or an earlier one: see {@link workKey}. */
  readonly reached: Set<string>;
}

/** Pieces of one key give one result, whichever trial asks. */
export const workKey = (signature: string, fidelity: number): string => `${signature}@${fidelity}`;

/** Sends the best of a rung on, if there is another one, and settles the rest. */
export function settleRung(lane: Lane, rung: number, metric: PrimaryMetric): void {
  const present = lane.rungs[rung];
  if (present === undefined) return;
  for (const { signature } of lane.running) lane.reached.add(workKey(signature, present.fidelity));
  const next = lane.rungs[rung + 1];
  const onward = next === undefined ? new Set<string>() : signaturesGoingOn(lane, next, metric);
  for (const runner of lane.running) {
    if (onward.has(runner.signature)) continue;
    lane.settled.push({ ...runner.request, outcome: settle(runner, next !== undefined) });
  }
  lane.running = lane.running.filter(({ signature }) => onward.has(signature));
}

/**
 * The places of a rung are for training, so each goes to another signature, the best ones first; trials that train
 * alike go on together, at the price of one. What the arm trained to the next fidelity before goes on without a
 * place: there is nothing left to train.
 */
function signaturesGoingOn(
  { running, reached }: Lane,
  next: Rung,
  metric: PrimaryMetric,
): ReadonlySet<string> {
  const known = new Set<string>();
  const firsts = new Map<string, Runner>();
  for (const runner of running) {
    if (reached.has(workKey(runner.signature, next.fidelity))) known.add(runner.signature);
    else if (!firsts.has(runner.signature)) firsts.set(runner.signature, runner);
  }
  const results = [...firsts.values()].map(({ request, last }) => ({
    trial: request.trial,
    value: valueOf(last!.result, metric),
  }));
  const chosen = new Set(survivors(results, next.trials));
  const best = [...firsts.values()].filter(({ request }) => chosen.has(request.trial));
  return new Set([...known, ...best.map(({ signature }) => signature)]);
}

function valueOf(result: PieceResult, metric: PrimaryMetric): number {
  return metric.value(result.state === 'trained' ? result.metrics[metric.key] : undefined);
}

function settle(runner: Runner, pruned: boolean): TrialState {
  const { owner, result } = runner.last!;
  const duplicate = owner === runner.request.trial ? {} : { duplicateOf: owner };
  if (result.state !== 'trained') return { ...result, ...duplicate };
  return { ...result, ...duplicate, state: pruned ? 'pruned' : 'completed' };
}
