import { candidateHash } from '../candidate/candidate-hash.js';
import type { Candidate } from '../candidate/candidate.js';
import { canonicalCandidate } from '../candidate/canonical-candidate.js';
import { shrinkBracket } from '../fidelity/shrink-bracket.js';
import { survivors } from '../fidelity/survivors.js';
import type { Rung } from '../fidelity/policy.js';
import type { Observation } from '../search/sampler.js';
import type { Assignment } from '../space/space.js';
import type { Arm } from './arm.js';
import { evaluatePieces, type PieceRequest } from './evaluate-trials.js';
import type { PieceResult } from './piece-result.js';
import { probeTrials } from './probe-trials.js';
import type { StudyContext } from './study-context.js';
import { scoreOf, type TrialRecord, type TrialRequest, type TrialState } from './trial-record.js';

/** A trial on its way through the rungs of its bracket. */
interface Runner {
  readonly request: TrialRequest;
  readonly signature: string;
  /** Last piece that it has, and whose it is. */
  last?: { readonly owner: number; readonly fidelity: number; readonly result: PieceResult };
}

/** One arm's bracket in the present round. */
interface Lane {
  readonly arm: Arm;
  readonly rungs: readonly Rung[];
  running: readonly Runner[];
  readonly settled: TrialRecord[];
}

interface ArmState {
  readonly arm: Arm;
  readonly history: Observation[];
  asked: number;
  wave: number;
  done: boolean;
}

/** What the calls of {@link searchStage} of one study share. */
export interface SearchLedger {
  /** Trials asked for so far. */
  trials: number;
  /** Which trial trained what: later trials that train alike take the result over. */
  readonly owners: Map<string, number>;
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
  const states: ArmState[] = arms.map((arm) => ({ arm, history: [], asked: 0, wave: 0, done: false }));
  const records: TrialRecord[] = [];
  for (;;) {
    const lanes: Lane[] = [];
    const requests: TrialRequest[] = [];
    for (const state of states) {
      const asked = state.done ? undefined : ask(context, state, ledger.trials);
      if (asked === undefined) continue;
      ledger.trials += asked.requests.length;
      requests.push(...asked.requests);
      lanes.push({
        arm: state.arm,
        rungs: asked.rungs,
        running: asked.requests.map((request) => ({ request, signature: '' })),
        settled: [],
      });
    }
    if (requests.length === 0) return records;
    context.memory.ask(requests);
    const probes = await probeTrials(context, requests);
    for (const lane of lanes) {
      lane.running = lane.running.flatMap(({ request }) => {
        const probe = probes.get(request.trial)!;
        if (probe.state === 'accepted') return [{ request, signature: probe.signature }];
        lane.settled.push({ ...request, outcome: probe });
        return [];
      });
    }
    await runRungs(context, lanes, ledger.owners);
    const told = lanes.flatMap((lane) => lane.settled).sort((a, b) => a.trial - b.trial);
    context.memory.tell(told);
    for (const record of told) {
      context.tell({ kind: 'told', record });
      states.find(({ arm }) => arm.name === record.arm)!.history.push(observe(context, record));
    }
    records.push(...told);
  }
}

function ask(
  context: StudyContext,
  state: ArmState,
  firstTrial: number,
): { readonly rungs: readonly Rung[]; readonly requests: readonly TrialRequest[] } | undefined {
  const { arm } = state;
  const full = context.experiment.training.evaluations;
  const request = (index: number, candidate: Candidate, assignment?: Assignment): TrialRequest => ({
    trial: firstTrial + index,
    stage: 'search',
    arm: arm.name,
    index: state.asked + index,
    wave: state.wave,
    seed: `study/${context.experiment.seed}/search`,
    part: 'validation',
    candidate: canonicalCandidate(candidate),
    candidateHash: candidateHash(candidate),
    ...(assignment === undefined ? {} : { assignment }),
  });
  if (arm.kind === 'given') {
    state.done = true;
    return { rungs: [{ trials: 1, fidelity: full }], requests: [request(0, arm.candidate)] };
  }
  const left = arm.trials - state.asked;
  const whole = arm.policy.bracket({
    options: arm.policyOptions as never,
    index: state.wave,
    full,
    waveSize: arm.wave,
  });
  const bracket = shrinkBracket(whole, left);
  const assignments = arm.sampler.propose({
    options: arm.samplerOptions as never,
    space: arm.space,
    seed: `study/${context.experiment.seed}/sampler/${arm.name}`,
    history: state.history,
    wave: state.wave,
    firstTrial: state.asked,
    count: bracket.rungs[0]!.trials,
  });
  const requests = assignments.map((assignment, index) =>
    request(index, arm.space.build(assignment), assignment),
  );
  state.asked += requests.length;
  state.wave += 1;
  state.done = state.asked >= arm.trials || requests.length < bracket.rungs[0]!.trials;
  return requests.length === 0 ? undefined : { rungs: shrinkBracket(whole, requests.length).rungs, requests };
}

/** Trains the lanes rung by rung, all lanes of a rung at once. */
async function runRungs(
  context: StudyContext,
  lanes: readonly Lane[],
  owners: Map<string, number>,
): Promise<void> {
  const deepest = Math.max(...lanes.map((lane) => lane.rungs.length));
  for (let rung = 0; rung < deepest; rung++) {
    await runRung(context, lanes, rung, owners);
    for (const lane of lanes) settleRung(context, lane, rung);
    if (rung > 0) {
      context.journal.dropCheckpoints(lanes.flatMap((lane) => lane.settled.map(({ trial }) => trial)));
    }
  }
}

async function runRung(
  context: StudyContext,
  lanes: readonly Lane[],
  rung: number,
  owners: Map<string, number>,
): Promise<void> {
  const moving = lanes
    .flatMap((lane) => (rung < lane.rungs.length ? lane.running.map((runner) => ({ runner, lane })) : []))
    .sort((a, b) => a.runner.request.trial - b.runner.request.trial);
  const entries = moving.map(({ runner, lane }) => {
    const { fidelity } = lane.rungs[rung]!;
    const key = `${runner.signature}@${fidelity}`;
    const owner = owners.get(key) ?? runner.request.trial;
    owners.set(key, owner);
    return { runner, fidelity, owner, keepCheckpoint: rung < lane.rungs.length - 1 };
  });
  const own = entries.filter(({ runner, owner }) => owner === runner.request.trial);
  const trained = evaluatePieces(
    context,
    own.map(({ runner, fidelity, keepCheckpoint }) => pieceOf(runner, fidelity, keepCheckpoint)),
  );
  const work = new Map(own.map(({ owner }, index) => [owner, trained[index]!]));
  const results = entries.map(async ({ runner, fidelity, owner }) => {
    const result = await (work.get(owner) ?? remembered(context, owner, fidelity));
    return { runner, last: { owner, fidelity, result } };
  });
  for (const { runner, last } of await Promise.all(results)) runner.last = last;
}

function pieceOf(runner: Runner, fidelity: number, keepCheckpoint: boolean): PieceRequest {
  return {
    request: runner.request,
    fidelity,
    ...(runner.last === undefined
      ? {}
      : { from: { trial: runner.last.owner, fidelity: runner.last.fidelity } }),
    keepCheckpoint,
    keepPredictions: false,
  };
}

/** The result of an earlier trial that trains alike: it was settled in an earlier round or rung. */
async function remembered(context: StudyContext, owner: number, fidelity: number): Promise<PieceResult> {
  const result = context.memory.piece(owner, fidelity);
  if (result === undefined) throw new Error(`trial ${owner} has no result at fidelity ${fidelity}`);
  return result;
}

/** Sends the best of a rung on and settles the rest. */
function settleRung(context: StudyContext, lane: Lane, rung: number): void {
  if (rung >= lane.rungs.length) return;
  const next = lane.rungs[rung + 1];
  const ranked = lane.running.map((runner) => ({
    trial: runner.request.trial,
    value: valueOf(context, runner.last!.result),
  }));
  const onward = new Set(next === undefined ? [] : survivors(ranked, next.trials));
  const stay = lane.running.filter(({ request }) => !onward.has(request.trial));
  for (const runner of stay) {
    lane.settled.push({ ...runner.request, outcome: settle(runner, next !== undefined) });
  }
  lane.running = lane.running.filter(({ request }) => onward.has(request.trial));
}

function valueOf(context: StudyContext, result: PieceResult): number {
  return context.metric.value(result.state === 'trained' ? result.metrics[context.metric.key] : undefined);
}

function settle(runner: Runner, pruned: boolean): TrialState {
  const { owner, result } = runner.last!;
  const duplicate = owner === runner.request.trial ? {} : { duplicateOf: owner };
  if (result.state !== 'trained') return { ...result, ...duplicate };
  return { ...result, ...duplicate, state: pruned ? 'pruned' : 'completed' };
}

function observe(context: StudyContext, record: TrialRecord): Observation {
  const { outcome } = record;
  const trained = outcome.state === 'completed' || outcome.state === 'pruned';
  return {
    trial: record.index,
    wave: record.wave,
    assignment: record.assignment ?? {},
    value: context.metric.value(scoreOf(outcome, context.metric.key)),
    fidelity: trained ? outcome.fidelity / context.experiment.training.evaluations : 0,
  };
}
