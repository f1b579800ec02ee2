import type { Arm } from './arm.js';
import { goesOnLater, plansRounds, type ArmState } from './arm-state.js';
import { isTrained, type ArmTrial } from './arm-trial.js';
import { curveOf } from './curve-of.js';
import type { Lane, Settled } from './lane.js';
import { observeRecord } from './observe-record.js';
import { settledState } from './settled-trial.js';
import type { PrimaryMetric, StudyContext } from './study-context.js';

/** What an arm learns from a lane that ended; paused trials count with what they have so far. */
export function absorbLane({ metric, journal }: StudyContext, state: ArmState, lane: Lane): void {
  for (const { record } of lane.settled) state.history[record.index] = observeRecord(record, metric);
  if (!goesOnLater(state.arm)) return;
  const index = lane.settled[0]?.record.wave ?? 0;
  if (plansRounds(state.arm) && !keepsAll(state.arm, index, lane.full)) {
    journal.dropCheckpoints(outdated(state, lane.from));
  }
  for (const settled of lane.settled) {
    const { index: own } = settled.record;
    state.trials[own] = after(state, settled, lane.rungs[0]!.fidelity, metric);
  }
}

/** What a trial is after a lane whose first rung ends at a fidelity. */
function after(
  { trials, signatures }: ArmState,
  { record, runner }: Settled,
  fidelity: number,
  metric: PrimaryMetric,
): ArmTrial {
  const trial = trials[record.index]!;
  const { trial: number, descent } = trial;
  const outcome = settledState(record.outcome);
  if (runner === undefined) {
    // Whoever was turned down before training stands on the first rung, behind everyone.
    const curve = new Array<number>(fidelity).fill(Infinity);
    return { trial: number, descent, state: 'untrained', outcome, curve };
  }
  const { request, signature, last } = runner;
  const { owner, fidelity: reached } = last!;
  const curve = curveOf(last!, metric, trial.state === 'running' ? undefined : trial.curve);
  const first = trial.state === 'trained' ? trial.first : !signatures.has(signature);
  signatures.add(signature);
  // In one literal: spread parts would give each of many objects a shape of its own.
  return {
    trial: number,
    descent,
    state: 'trained',
    request,
    signature,
    first,
    owner,
    fidelity: reached,
    outcome,
    curve,
    checkpoint: true,
  };
}

/** Whether later rounds may go on from trainings of any earlier one. */
function keepsAll(arm: Arm, index: number, full: number): boolean {
  if (arm.kind !== 'sampled') return false;
  const { sampler, samplerOptions, space } = arm;
  return sampler.rounds?.keepsAll?.({ options: samplerOptions as never, space, full, index }) === true;
}

/**
 * Study numbers of the trials whose checkpoints are dropped, as rounds have moved on from where they stand. Were
 * one of them needed after all, its training would be repeated, with the same result.
 */
function outdated(state: ArmState, from: number): readonly number[] {
  const old = state.trials
    .filter(isTrained)
    .filter(({ checkpoint, fidelity }) => checkpoint && fidelity !== from);
  for (const one of old) one.checkpoint = false;
  return old.map(({ trial }) => trial);
}
