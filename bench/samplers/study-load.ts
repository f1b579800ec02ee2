import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../src/core/clock.js';
import { stream } from '../../src/core/random.js';
import { openJournal } from '../../src/journal/sqlite-journal.js';
import type { Observation } from '../../src/search/sampler.js';
import { createStudyMemory, type EndedPiece, type StudyMemory } from '../../src/study/study-memory.js';
import type { TrialRecord, TrialRequest } from '../../src/study/trial-record.js';
import { requestWave } from './load-requests.js';

const EVALUATIONS = 9;

/** Trials a second: by the clock, and by the time that the process had a processor (the machine may be shared). */
export interface Rate {
  readonly clock: number;
  readonly processor: number;
}

/** What the journal and the memory of a study do under the load of many trials. */
export interface StudyLoad {
  /** Asked, probed, trained and told, as a study writes them. */
  readonly written: Rate;
  /** The same program again over the same journal, its opening included: every answer is there. */
  readonly replayed: Rate;
  /** Bytes of heap a trial: the memory of the study and the history of its sampler. */
  readonly heap: number;
  /** The same after a resume. */
  readonly heapResumed: number;
  /** Bytes of the journal a trial. */
  readonly disk: number;
}

/**
 * Writes a study of `trials` trials and reads it back. Heap is what trials after the first tenth add.
 * @param collect collects garbage: the process must run with --expose-gc
 */
export function measureStudy(trials: number, collect: () => void): StudyLoad {
  const folder = mkdtempSync(path.join(tmpdir(), 'lossmith-load-'));
  const file = path.join(folder, 'study.db');
  const early = trials / 10;
  const heapNow = (): number => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const run = (): { readonly rate: Rate; readonly heap: number } => {
    const spent = { clock: 0, processor: 0 };
    const timed = <Result>(body: () => Result): Result => {
      const [clock, usage] = [performance.now(), process.cpuUsage()];
      const result = body();
      const { user, system } = process.cpuUsage(usage);
      spent.clock += (performance.now() - clock) / 1000;
      spent.processor += (user + system) / 1e6;
      return result;
    };
    const journal = openJournal(file, systemClock);
    const memory = timed(() => createStudyMemory(journal));
    const history: Observation[] = [];
    let before = 0;
    let after = 0;
    while (history.length < trials) {
      const requests = requestWave(history.length);
      timed(() => workOn(memory, requests, history));
      if (history.length === early) before = heapNow();
      if (history.length === trials) after = heapNow();
    }
    journal.close();
    return {
      rate: { clock: trials / spent.clock, processor: trials / spent.processor },
      heap: (after - before) / (trials - early),
    };
  };
  try {
    const base = heapNow();
    const fresh = run();
    const journal = openJournal(file, systemClock);
    const resumed = { journal, memory: createStudyMemory(journal) };
    const heapResumed = (heapNow() - base) / trials;
    resumed.journal.close();
    const replay = run();
    return {
      ...{ written: fresh.rate, replayed: replay.rate, heap: fresh.heap, heapResumed },
      disk: statSync(file).size / trials,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One wave as the search stage has it: asked together, checked one by one, trained side by side, told together. */
function workOn(memory: StudyMemory, requests: readonly TrialRequest[], history: Observation[]): void {
  memory.ask(requests);
  for (const { trial } of requests) {
    if (memory.probe(trial) !== undefined) continue;
    const signature = `${trial}`.padStart(64, 'f');
    memory.rememberProbe(trial, { state: 'accepted', signature }, 1.5);
  }
  const ended: EndedPiece[] = [];
  const records = requests.map((request): TrialRecord => {
    const { trial } = request;
    const known = memory.piece(trial, EVALUATIONS);
    const random = stream('load/curve', trial);
    const curve = Array.from({ length: EVALUATIONS }, (_, index) => ({
      ...{ step: 60 * (index + 1), trainLoss: random.uniform(), validationLoss: random.uniform() },
      validationScore: random.uniform(),
    }));
    const metrics = {
      'average-precision': random.uniform(),
      auroc: random.uniform(),
      'log-loss': random.uniform(),
    };
    const trained = { fidelity: EVALUATIONS, steps: 540, metrics, curve };
    if (known === undefined) {
      const result = { state: 'trained', ...trained } as const;
      ended.push({ trial, fidelity: EVALUATIONS, result, durationMs: 80.25, blobs: [] });
    }
    return { ...request, outcome: { state: 'completed', ...trained } };
  });
  if (ended.length > 0) memory.rememberPieces(ended);
  memory.tell(records);
  for (const { trial, wave, assignment = {}, outcome } of records) {
    const curve =
      outcome.state === 'completed' ? outcome.curve.map(({ validationScore }) => validationScore) : [];
    history.push({ trial, wave, assignment, value: curve.at(-1)!, curve });
  }
}
