import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readCsv, withRecorded, writeCsv } from './csv.js';
import type { PartRun } from './parts.js';
import type { ProposalCost } from './proposal-cost.js';
import type { SearchLoad } from './search-load.js';
import type { StudyLoad } from './study-load.js';

const SCRIPT = fileURLToPath(new URL('cost-worker.ts', import.meta.url));
/** A sampler that takes longer than this is not measured. */
const LIMIT_SECONDS = 90;
/** What is asked for; a Gaussian process may take longer. */
const PROPOSAL_MS = 5;
const TRIALS = 10_000;
const TRIALS_A_SECOND = 2000;
const HEAP_BYTES = 2048;
/** Whole searches that are measured; CMA-ES does not work under a policy that pauses trials. */
const SEARCHES = [
  { sampler: 'random', policies: ['full', 'hyperband', 'asha'] },
  { sampler: 'tpe', policies: ['full', 'hyperband', 'asha'] },
  { sampler: 'cma-es', policies: ['full', 'hyperband'] },
  { sampler: 'population-based-training', policies: ['full'] },
];
const SEARCH_TRIALS = [2000, 10_000];
/** A search whose sampler reads all trials at each proposal takes minutes. */
const SEARCH_SECONDS = 1800;

/** In a process of its own; undefined where it took too long. */
function measured<Result>(what: string, argument: string, seconds = LIMIT_SECONDS): Result | undefined {
  const command = [...process.execArgv, '--expose-gc', SCRIPT, what, argument];
  const ended = spawnSync(process.execPath, command, { encoding: 'utf8', timeout: seconds * 1000 });
  if (ended.error !== undefined && 'code' in ended.error && ended.error.code === 'ETIMEDOUT')
    return undefined;
  if (ended.status !== 0) throw new Error(ended.stderr);
  return JSON.parse(ended.stdout) as Result;
}

/** What a proposal, a line of the journal and a trial in memory cost, after 10,000 trials, and whole searches. */
export async function costPart(run: PartRun): Promise<void> {
  const { settings, folder, print } = run;
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
  writeCsv(folder, 'cost', withRecorded(readCsv(folder, 'cost'), rows));
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
  searches(run);
}

/** What whole searches keep of a trial, and whether their time a trial grows. */
function searches({ settings, folder, print }: PartRun): void {
  const wanted = SEARCHES.filter(({ sampler }) => settings.samplers.some(({ name }) => name === sampler));
  const sizes = settings.quick ? SEARCH_TRIALS.slice(0, 1) : SEARCH_TRIALS;
  const rows = sizes.flatMap((trials) =>
    wanted.flatMap(({ sampler, policies }) =>
      policies.flatMap((policy) => {
        const what = `${sampler} ${policy} ${trials}`;
        const load = measured<SearchLoad>('search', what, SEARCH_SECONDS);
        if (load === undefined) print(`search, ${what}: more than ${SEARCH_SECONDS} s\n`);
        if (load === undefined) return [];
        const { running, ended, early, late } = load;
        const misses = Math.max(running, ended) < HEAP_BYTES ? '' : ` (asked: below ${HEAP_BYTES})`;
        print(
          `search, ${what} trials: ${running.toFixed(0)} bytes of heap a trial, ${ended.toFixed(0)} at its end` +
            `${misses}; ${early.toFixed(2)} ms a trial, ${late.toFixed(2)} of the last\n`,
        );
        return [
          {
            ...{ sampler, fidelity: policy, trials, bytes_of_heap_a_trial: running },
            ...{ bytes_of_heap_a_trial_at_the_end: ended },
            ...{ milliseconds_a_trial_early: early, milliseconds_a_trial_late: late },
          },
        ];
      }),
    ),
  );
  writeCsv(folder, 'search-load', rows);
}
