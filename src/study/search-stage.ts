import type { Arm } from './arm.js';
import { askArm, startOf, type ArmState } from './ask-arm.js';
import type { Lane } from './lane.js';
import { observeRecord } from './observe-record.js';
import { probeTrials } from './probe-trials.js';
import { runRungs, type Owners } from './run-rungs.js';
import type { StudyContext } from './study-context.js';
import type { TrialRecord, TrialRequest } from './trial-record.js';

/** What the calls of {@link searchStage} of one study share. */
export interface SearchLedger {
  /** Trials asked for so far. */
  trials: number;
  readonly owners: Owners;
}

/**
 * The search stage: round by round every arm asks for a bracket of trials; all arms' trials train side by side;
 * results are told in trial order. Returns the settled trials, in trial order. The ledger is brought up to date.
 */
export async function searchStage(
  context: StudyContext,
  arms: readonly Arm[],
  ledger: SearchLedger,
): Promise<readonly TrialRecord[]> {
  const states = new Map(arms.map((arm) => [arm.name, startOf(arm)]));
  const records: TrialRecord[] = [];
  for (;;) {
    const lanes = await openLanes(context, [...states.values()], ledger);
    if (lanes.length === 0) return records;
    await runRungs(context, lanes, ledger.owners);
    const told = lanes.flatMap((lane) => lane.settled).sort((a, b) => a.trial - b.trial);
    context.memory.tell(told);
    for (const record of told) {
      context.tell({ kind: 'told', record });
      states.get(record.arm)!.history.push(observeRecord(record, context.metric));
    }
    records.push(...told);
  }
}

/** One lane for each arm that still asks; trials that the check turns down are settled at once. */
async function openLanes(
  context: StudyContext,
  states: readonly ArmState[],
  ledger: SearchLedger,
): Promise<readonly Lane[]> {
  const asked = states.flatMap((state) => {
    const bracket = askArm(context.experiment, state, ledger.trials);
    if (bracket === undefined) return [];
    ledger.trials += bracket.requests.length;
    return [{ ...bracket, state }];
  });
  const requests: TrialRequest[] = asked.flatMap((bracket) => bracket.requests);
  if (requests.length === 0) return [];
  context.memory.ask(requests);
  const probes = await probeTrials(context, requests);
  return asked.map(({ rungs, requests: own, state }) => {
    const settled: TrialRecord[] = [];
    const running = own.flatMap((request) => {
      const probe = probes.get(request.trial)!;
      if (probe.state === 'accepted') return [{ request, signature: probe.signature }];
      settled.push({ ...request, outcome: probe });
      return [];
    });
    return { arm: state.arm, rungs, running, settled, reached: state.reached };
  });
}
