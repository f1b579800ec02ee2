import type { Arm } from './arm.js';
import { goesOnLater, plansRounds, type ArmState } from './arm-state.js';
import type { ArmTrial } from './arm-trial.js';
import type { AskedLane } from './ask-arm.js';
import { settledRecord, type Lane, type Runner, type Settled } from './lane.js';
import { probeTrials } from './probe-trials.js';
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
      if (probe.state !== 'accepted') {
        settled.push({ record: { ...request, outcome: probe }, runner: undefined });
        return [];
      }
      if (parent?.state === 'untrained') {
        settled.push({ record: { ...request, outcome: parent.outcome }, runner: undefined });
        return [];
      }
      const runner = startRunner(request, probe.signature, arm, parent);
      if (runner.last === undefined || runner.last.result.state === 'trained') return [runner];
      // It goes on with a training that failed: so does this one, and nothing is trained.
      settled.push({ record: settledRecord(runner, full), runner });
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

function startRunner(
  request: TrialRequest,
  signature: string,
  arm: Arm,
  parent: ArmTrial | undefined,
): Runner {
  // Candidates of rounds differ by little, and that little is what is learned from: only equal ones are one.
  if (!plansRounds(arm)) return { request, signature };
  return {
    request,
    signature: `candidate ${request.candidateHash}`,
    ...(parent?.state === 'trained' ? { last: parent.runner.last! } : {}),
  };
}

/** Trials of an arm that trained to the end, where its policy asks for them. */
function completedTrials({ arm, history }: ArmState, full: number): Lane['completed'] {
  if (arm.kind !== 'sampled' || arm.policy.goesOn === undefined) return [];
  return history.filter(({ value, curve }) => Number.isFinite(value) && curve.length === full);
}
