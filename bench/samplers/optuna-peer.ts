import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Assignment, Entry, Space } from '../../src/space/space.js';

/** A Python that has Optuna, and answers line by line. */
export interface OptunaPeer {
  readonly version: string;
  /** Classes whose packages are installed. */
  readonly samplers: readonly string[];
  /** Searches with a sampler in its default options. @returns values in trial order, and the sampler's own seconds */
  search(plan: OptunaPlan): Promise<{ readonly values: readonly number[]; readonly seconds: number }>;
  close(): void;
}

export interface OptunaPlan {
  readonly sampler: string;
  readonly seed: number;
  readonly space: Space;
  readonly trials: number;
  /** To be minimised. */
  readonly objective: (assignment: Assignment) => number;
}

interface Proposal {
  readonly point: Assignment;
  readonly seconds: number;
}

/** Undefined where that Python has no Optuna. */
export async function openOptuna(python: string): Promise<OptunaPeer | undefined> {
  const script = fileURLToPath(new URL('../peers/optuna_ask.py', import.meta.url));
  const child = spawn(python, [script], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  child.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done === true) return undefined;
  const ask = async (message: object): Promise<Proposal> => {
    child.stdin.write(`${JSON.stringify(message)}\n`);
    const line = await lines.next();
    if (line.done === true) throw new Error('the Python process has ended');
    return JSON.parse(line.value) as Proposal;
  };
  return {
    ...(JSON.parse(first.value) as Pick<OptunaPeer, 'version' | 'samplers'>),
    search: async ({ sampler, seed, space, trials, objective }) => {
      const distributions = Object.fromEntries(
        space.entries.map((entry) => [entry.name, distribution(entry)]),
      );
      let { point, seconds } = await ask({ study: { sampler, seed, space: distributions } });
      const values = [objective(point)];
      while (values.length < trials) {
        const next = await ask({ value: values.at(-1)! });
        point = next.point;
        seconds += next.seconds;
        values.push(objective(point));
      }
      return { values, seconds };
    },
    close: () => void child.stdin.end(),
  };
}

/** The spaces of the bench have numbers in linear ranges, and choices. */
function distribution({ choices, kind, decode }: Entry): object {
  if (choices !== undefined) return { choices };
  return { low: decode([0]), high: decode([1]), ...(kind === 'int' ? { step: 1 } : {}) };
}
