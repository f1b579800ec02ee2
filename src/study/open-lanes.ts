import { pauses, plansRounds, type ArmState } from './arm-state.js';
import type { AskedLane } from './ask-arm.js';
import { settledRecord, type Lane, type Runner } from './lane.js';
import { probeTrials } from './probe-trials.js';
import type { StudyContext } from './study-context.js';
import type { TrialRecord, TrialRequest } from './trial-record.js';

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
  return asked.map(({ rungs, from, requests: own, resumed, state }) => {
    const { arm } = state;
    const settled: TrialRecord[] = [];
    const ended: Runner[] = [];
    const started = own.flatMap((request) => {
      const probe = probes.get(request.trial)!;
      if (probe.state !== 'accepted') {
        settled.push({ ...request, outcome: probe });
        return [];
      }
      const parent = state.untrained.get(request.continues ?? -1);
      if (parent !== undefined) {
        settled.push({ ...request, outcome: parent.outcome });
        return [];
      }
      const runner = startRunner(request, probe.signature, state);
      if (runner.last === undefined || runner.last.result.state === 'trained') return [runner];
      // It goes on with a training that failed: so does this one, and nothing is trained.
      ended.push(runner);
      settled.push(settledRecord(runner, full));
      return [];
    });
    const last = rungs.at(-1)!.fidelity;
    return {
      ...{ arm, rungs, from, full, settled, ended, reached: state.reached },
      running: [...started, ...resumed],
      keepsCheckpoints: (plansRounds(arm) || pauses(arm)) && last < full,
      completed: completedTrials(state, full),
    };
  });
}

function startRunner(request: TrialRequest, signature: string, state: ArmState): Runner {
  // Candidates of rounds differ by little, and that little is what is learned from: only equal ones are one.
  if (!plansRounds(state.arm)) return { request, signature };
  const parent =
    request.continues === undefined
      ? undefined
      : [...state.ended.values()].find((runner) => runner.request.trial === request.continues);
  return {
    request,
    signature: `candidate ${request.candidateHash}`,
    ...(parent?.last === undefined ? {} : { last: parent.last }),
  };
}

/** Trials of an arm that trained to the end, where its policy asks for them. */
function completedTrials({ arm, history }: ArmState, full: number): Lane['completed'] {
  if (arm.kind !== 'sampled' || arm.policy.goesOn === undefined) return [];
  return history.filter(({ value, curve }) => Number.isFinite(value) && curve.length === full);
}
