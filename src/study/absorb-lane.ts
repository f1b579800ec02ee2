import type { Arm } from './arm.js';
import { pauses, plansRounds, type ArmState } from './arm-state.js';
import { curveOf } from './curve-of.js';
import type { Lane } from './lane.js';
import { observeRecord } from './observe-record.js';
import type { StudyContext } from './study-context.js';

/** What an arm learns from a lane that ended; paused trials count with what they have so far. */
export function absorbLane({ metric, journal }: StudyContext, state: ArmState, lane: Lane): void {
  for (const record of lane.settled) state.history[record.index] = observeRecord(record, metric);
  if (!pauses(state.arm) && !plansRounds(state.arm)) return;
  const index = lane.settled[0]?.wave ?? 0;
  if (plansRounds(state.arm) && !keepsAll(state.arm, index, lane.full)) {
    journal.dropCheckpoints(outdated(state, lane.from));
  }
  const trained = new Map(lane.ended.map((runner) => [runner.request.index, runner]));
  for (const record of lane.settled) {
    const { index } = record;
    const runner = trained.get(index);
    // Whoever was turned down before training stands on the first rung, behind everyone.
    const nothing = new Array<number>(lane.rungs[0]!.fidelity).fill(Infinity);
    const curve = runner === undefined ? nothing : curveOf(runner.last!, metric, state.curves.get(index));
    state.curves.set(index, curve);
    if (runner === undefined) state.untrained.set(record.trial, record);
    else {
      state.ended.set(index, runner);
      state.kept.add(index);
    }
  }
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
  const old = [...state.kept].filter((index) => state.ended.get(index)!.last!.fidelity !== from);
  for (const index of old) state.kept.delete(index);
  return old.map((index) => state.ended.get(index)!.request.trial);
}
