import type { Arm } from './arm.js';
import { goesOnLater, plansRounds, type ArmState } from './arm-state.js';
import type { ArmTrial } from './arm-trial.js';
import type { AskedLane } from './asked-lane.js';
import type { Lane, Runner, Settled } from './lane.js';
import { probeTrials } from './probe-trials.js';
import { isFault, type Fault } from './settled-trial.js';
import type { StudyContext } from './study-context.js';
import type { TrialRequest } from './trial-record.js';

/** A lane for each that was asked for; trials that the check turns down are settled at once. */
export async function openLanes(
  context: StudyContext,
  asked: readonly (AskedLane & { readonly state: ArmState })[],
): Promise<readonly Lane[]> {
  const requests: TrialRequest[] = asked.flatMap((lane) => lane.requests);
  if (asked.length === 0) return [];
  context.memory.ask(requests);
  const probes = await probeTrials(context, requests);
  const full = context.experiment.training.evaluations;
  return asked.map(({ rungs, from, requests: own, parents, resumed, state }) => {
    const { arm } = state;
    const settled: Settled[] = [];
    const started = own.flatMap((request, place) => {
      const probe = probes.get(request.trial)!;
      const parent = parents[place];
      const accepted = probe.state === 'accepted';
      const fault = accepted ? faultOf(parent) : probe;
      if (accepted && fault === undefined) return [startRunner(request, probe.signature, arm, parent)];
      settled.push({ record: { ...request, outcome: fault! }, runner: undefined });
      return [];
    });
    const last = rungs.at(-1)!.fidelity;
    return {
      ...{ arm, rungs, from, full, settled, reached: state.reached },
      running: [...started, ...resumed],
      keepsCheckpoints: goesOnLater(arm) && last < full,
      completed: completedTrials(state, full),
    };
  });
}

/** What a trial ends with that goes on with a training that there is not, or that failed; undefined: it trains. */
function faultOf(parent: ArmTrial | undefined): Fault | undefined {
  if (parent === undefined || parent.state === 'running') return undefined;
  const { outcome } = parent;
  if (!isFault(outcome)) return undefined;
  if (parent.state === 'untrained' || outcome.state === 'rejected') return outcome;
  return { ...outcome, duplicateOf: parent.owner };
}

function startRunner(
  request: TrialRequest,
  signature: string,
  arm: Arm,
  parent: ArmTrial | undefined,
): Runner {
  // Candidates of rounds differ by little, and that little is what is learned from: only equal ones are one.
  const key = plansRounds(arm) ? `candidate ${request.candidateHash}` : signature;
  if (parent?.state !== 'trained') return { request, signature: key };
  const { owner, fidelity } = parent;
  return { request, signature: key, from: { owner, fidelity } };
}

/** Trials of an arm that trained to the end, where its policy asks for them. */
function completedTrials({ arm, history }: ArmState, full: number): Lane['completed'] {
  if (arm.kind !== 'sampled' || arm.policy.goesOn === undefined) return [];
  return history.filter(({ value, curve }) => Number.isFinite(value) && curve.length === full);
}
