import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { writeCsv } from './csv.js';
import type { PartRun } from './parts.js';
import type { ProposalCost } from './proposal-cost.js';
import type { StudyLoad } from './study-load.js';

const SCRIPT = fileURLToPath(new URL('cost-worker.ts', import.meta.url));
/** A sampler that takes longer than this is not measured. */
const LIMIT_SECONDS = 90;
/** What is asked for; a Gaussian process may take longer. */
const PROPOSAL_MS = 5;
const TRIALS = 10_000;
const TRIALS_A_SECOND = 2000;
const HEAP_BYTES = 2048;

/** In a process of its own; undefined where it took too long. */
function measured<Result>(what: string, argument: string): Result | undefined {
  const command = [...process.execArgv, '--expose-gc', SCRIPT, what, argument];
  const ended = spawnSync(process.execPath, command, { encoding: 'utf8', timeout: LIMIT_SECONDS * 1000 });
  if (ended.error !== undefined && 'code' in ended.error && ended.error.code === 'ETIMEDOUT')
    return undefined;
  if (ended.status !== 0) throw new Error(ended.stderr);
  return JSON.parse(ended.stdout) as Result;
}

/** What a proposal, a line of the journal and a trial in memory cost, after 10,000 trials. One process at a time. */
export async function costPart({ settings, folder, print }: PartRun): Promise<void> {
  const rows = settings.samplers.flatMap(({ name }) => {
    const cost = measured<ProposalCost | null>('proposals', name);
    if (cost === undefined) print(`${name}: more than ${LIMIT_SECONDS} s\n`);
    if (cost === undefined || cost === null) return [];
    const { wave, resume, first, perProposal } = cost;
    const misses = Math.max(perProposal, first ?? 0) > PROPOSAL_MS ? ` (asked: at most ${PROPOSAL_MS})` : '';
    print(
      `${name}: ${perProposal.toFixed(2)} ms a proposal in waves of ${wave}` +
        `${first === undefined ? '' : `, ${first.toFixed(2)} ms alone`}${misses}\n`,
    );
    return [
      {
        ...{ sampler: name, told: TRIALS, wave, milliseconds_per_proposal_of_a_wave: perProposal },
        ...{
          milliseconds_of_one_proposal_after_a_tell: first ?? '',
          milliseconds_of_the_first_after_a_resume: resume,
        },
      },
    ];
  });
  writeCsv(folder, 'cost', rows);
  const load = measured<StudyLoad>('study', String(TRIALS))!;
  const { written, replayed, heap, heapResumed, disk } = load;
  writeCsv(folder, 'study-load', [
    { what: 'trials written a second', value: written.clock, asked: `at least ${TRIALS_A_SECOND}` },
    { what: 'trials written a second of processor time', value: written.processor, asked: '' },
    { what: 'trials replayed a second', value: replayed.clock, asked: '' },
    { what: 'trials replayed a second of processor time', value: replayed.processor, asked: '' },
    { what: 'bytes of heap a trial', value: heap, asked: `below ${HEAP_BYTES}` },
    { what: 'bytes of heap a trial after a resume', value: heapResumed, asked: `below ${HEAP_BYTES}` },
    { what: 'bytes of the journal a trial', value: disk, asked: '' },
  ]);
  print(
    `journal: ${written.clock.toFixed(0)} trials written a second (${written.processor.toFixed(0)} a second of ` +
      `processor time), ${replayed.clock.toFixed(0)} replayed (${replayed.processor.toFixed(0)}); ` +
      `${heap.toFixed(0)} bytes of heap a trial, ${heapResumed.toFixed(0)} after a resume; ` +
      `${disk.toFixed(0)} bytes on disk\n`,
  );
}
