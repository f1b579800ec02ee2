import { parseArgs } from 'node:util';
import { UserError } from '../../src/core/errors.js';
import { builtinSamplers } from '../../src/search/registry.js';
import type { AnySampler } from '../../src/search/sampler.js';

const PARTS = ['bbob', 'tables', 'landscapes', 'cost'] as const;
export type PartName = (typeof PARTS)[number];

/** What a run of the bench measures. */
export interface BenchSettings {
  readonly parts: readonly PartName[];
  readonly samplers: readonly AnySampler[];
  /** Most instances of a BBOB function, and seeds of a table. */
  readonly seeds: number;
  /** A look in a minute: few seeds, d = 5 alone, a tenth of the evaluations. Nothing is written unless `to` is given. */
  readonly quick: boolean;
  /** Folder of CSVs and pictures; undefined: the reference, or none where the run is quick. */
  readonly to: string | undefined;
  /** Folder of finished jobs of the BBOB, from which a run that was stopped goes on; undefined: none are kept. */
  readonly keep: string | undefined;
  /** Processes side by side. */
  readonly workers: number;
}

/**
 * Reads the command line: `[--part NAME]… [--cost] [--samplers a,b] [--seeds n] [--quick] [--to FOLDER] [--keep FOLDER]
 * [--workers n]`.
 * @throws UserError `usage` on what is not known
 */
export function readSettings(argv: readonly string[]): BenchSettings {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      part: { type: 'string', multiple: true },
      cost: { type: 'boolean', default: false },
      samplers: { type: 'string' },
      seeds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      to: { type: 'string' },
      keep: { type: 'string' },
      workers: { type: 'string', default: '2' },
    },
  });
  const asked = [...(values.part ?? []), ...(values.cost ? ['cost'] : [])];
  if (values.keep !== undefined && asked.length > 0 && !asked.includes('bbob')) {
    throw new UserError({
      code: 'usage',
      message: '--keep keeps jobs of the part bbob',
      found: asked.join(', '),
      expected: '--part bbob',
    });
  }
  const samplers =
    values.samplers?.split(',').map((name) => builtinSamplers.get(name)) ?? builtinSamplers.members;
  return {
    parts: asked.length === 0 ? PARTS : asked.map(partNamed),
    samplers,
    seeds: values.seeds === undefined ? (values.quick ? 3 : Infinity) : count('--seeds', values.seeds),
    quick: values.quick,
    to: values.to,
    keep: values.keep,
    workers: count('--workers', values.workers),
  };
}

function partNamed(name: string): PartName {
  const part = PARTS.find((one) => one === name);
  if (part !== undefined) return part;
  throw new UserError({
    code: 'usage',
    message: 'unknown part of the bench',
    found: name,
    expected: PARTS.join(', '),
  });
}

function count(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new UserError({ code: 'usage', message: `${option} is a count`, found: text, expected: '1 or more' });
}
