import type { ProbeResult } from './probe-result.js';
import type { StudyContext } from './study-context.js';
import { StudyInterrupted } from './study-context.js';
import type { TrialRequest } from './trial-record.js';
import type { WorkerReply } from './worker-job.js';

/**
 * The cheap check of each candidate, in a worker under the time limit of a trial: a user's loss may throw or never
 * end. One that does would do so in training as well, so the trial fails here.
 */
export async function probeTrials(
  context: StudyContext,
  requests: readonly TrialRequest[],
): Promise<ReadonlyMap<number, ProbeResult>> {
  const answers = await Promise.all(
    requests.map(async (request): Promise<[number, ProbeResult]> => [
      request.trial,
      await probe(context, request),
    ]),
  );
  return new Map(answers);
}

async function probe(context: StudyContext, request: TrialRequest): Promise<ProbeResult> {
  const { memory } = context;
  const known = memory.probe(request.trial);
  if (known !== undefined) return known;
  const work = await context.executor.run({ kind: 'probe', candidate: request.candidate });
  if (work.state === 'cancelled') throw new StudyInterrupted();
  const outcome: ProbeResult =
    work.state === 'failed'
      ? { state: 'failed', reason: work.reason, detail: work.message }
      : probed(work.reply);
  memory.rememberProbe(request.trial, outcome, work.durationMs);
  return outcome;
}

function probed(reply: WorkerReply): ProbeResult {
  if (reply.kind !== 'probe') throw new Error('a worker answered another question');
  return reply.outcome;
}
