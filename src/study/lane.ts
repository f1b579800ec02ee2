import type { Rung, RungTrial } from '../fidelity/policy.js';
import { survivors } from '../fidelity/survivors.js';
import type { Arm } from './arm.js';
import { curveOf } from './curve-of.js';
import type { PieceResult } from './piece-result.js';
import type { PrimaryMetric } from './study-context.js';
import type { TrialRecord, TrialRequest, TrialState } from './trial-record.js';

/** A trial on its way through the rungs of its bracket. */
export interface Runner {
  readonly request: TrialRequest;
  /** Trials of one signature train alike. */
  readonly signature: string;
  /** Where it sets out: whose training it goes on with, and from how far; absent: from the start. */
  readonly from?: { readonly owner: number; readonly fidelity: number };
  /** Last piece that it trained, and whose it is. */
  last?: { readonly owner: number; readonly fidelity: number; readonly result: PieceResult };
}

/** A trial that has come to its end in a lane. */
export interface Settled {
  readonly record: TrialRecord;
  /** Undefined where it has no training. */
  readonly runner: Runner | undefined;
}

/** One arm's bracket in the present round. */
export interface Lane {
  readonly arm: Arm;
  readonly rungs: readonly Rung[];
  /** Fidelity at which its trials set out; 0 from the start. */
  readonly from: number;
  /** Fidelity of a whole training. */
  readonly full: number;
  /** Trials may go on from where the last rung ends, in a later lane. */
  readonly keepsCheckpoints: boolean;
  /** Trials of the arm that trained to the end earlier, for policies that compare with them. */
  readonly completed: readonly RungTrial[];
  running: readonly Runner[];
  readonly settled: Settled[];
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
    lane.settled.push({ record: settledRecord(runner, lane.full), runner });
  }
  lane.running = lane.running.filter(({ signature }) => onward.has(signature));
}

/**
 * The places of a rung are for training, so each goes to another signature, the best ones first; trials that train
 * alike go on together, at the price of one. What the arm trained to the next fidelity before goes on without a
 * place: there is nothing left to train.
 */
function signaturesGoingOn(lane: Lane, next: Rung, metric: PrimaryMetric): ReadonlySet<string> {
  const { running, reached } = lane;
  const known = new Set<string>();
  const firsts = new Map<string, Runner>();
  for (const runner of running) {
    if (reached.has(workKey(runner.signature, next.fidelity))) known.add(runner.signature);
    else if (!firsts.has(runner.signature)) firsts.set(runner.signature, runner);
  }
  const chosen = new Set(chosenTrials(lane, [...firsts.values()], next, metric));
  const best = [...firsts.values()].filter(({ request }) => chosen.has(request.trial));
  return new Set([...known, ...best.map(({ signature }) => signature)]);
}

/** By the rule of the policy where it has one, else the best ones. */
function chosenTrials(
  { arm, completed }: Lane,
  runners: readonly Runner[],
  next: Rung,
  metric: PrimaryMetric,
): readonly number[] {
  if (arm.kind === 'sampled' && arm.policy.goesOn !== undefined) {
    const running = runners.map((runner) => ({
      trial: runner.request.trial,
      curve: curveOf(runner.last!, metric),
    }));
    return arm.policy.goesOn({ options: arm.policyOptions as never, running, completed });
  }
  const results = runners.map(({ request, last }) => ({
    trial: request.trial,
    value: valueOf(last!.result, metric),
  }));
  return survivors(results, next.trials);
}

function valueOf(result: PieceResult, metric: PrimaryMetric): number {
  return metric.value(result.state === 'trained' ? result.metrics[metric.key] : undefined);
}

/**
 * The record of a trial that ends here.
 * @param full fidelity of a whole training: who has it is completed
 */
export function settledRecord({ request, last }: Runner, full: number): TrialRecord {
  const { owner, fidelity, result } = last!;
  const duplicate = owner === request.trial ? {} : { duplicateOf: owner };
  const outcome: TrialState =
    result.state === 'trained'
      ? { ...result, ...duplicate, state: fidelity === full ? 'completed' : 'pruned' }
      : { ...result, ...duplicate };
  return { ...request, outcome };
}
