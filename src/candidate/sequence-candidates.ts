import type { Candidate } from './candidate.js';

/** A candidate and the progress τ ∈ [0, 1) of the training from which on it trains; the first one begins at 0. */
export interface Stretch {
  readonly begin: number;
  readonly candidate: Candidate;
}

type Node = unknown;

/**
 * One candidate that trains as these one after the other: each number in which they differ becomes a step
 * schedule. So a training that went on with other numbers can be repeated from the start, and exported.
 * @param stretches in the order of `begin`, strictly increasing.
 * @throws RangeError where they differ in more than numbers that a schedule can stand for: see `Space.adjustable`.
 */
export function sequenceCandidates(stretches: readonly Stretch[]): Candidate {
  const begins = stretches.map(({ begin }) => begin);
  return merge(
    stretches.map(({ candidate }) => candidate),
    begins,
    '',
  ) as Candidate;
}

function merge(nodes: readonly Node[], begins: readonly number[], path: string): Node {
  const [first] = nodes;
  if (nodes.every((node) => node === first)) return first;
  if (nodes.every((node) => typeof node === 'number')) return stepsOf(nodes, begins);
  if (nodes.every(isContainer)) {
    const keys = Object.keys(first as object);
    const alike = nodes.every((node) => Object.keys(node).join() === keys.join());
    const kind = Array.isArray(first);
    if (alike && nodes.every((node) => Array.isArray(node) === kind)) {
      const merged = keys.map((key) => [
        key,
        merge(
          nodes.map((node) => node[key]),
          begins,
          `${path}.${key}`,
        ),
      ]);
      return kind ? merged.map(([, item]) => item) : Object.fromEntries(merged);
    }
  }
  throw new RangeError(`a training cannot change ${path} on its way`);
}

const isContainer = (node: Node): node is Readonly<Record<string, Node>> =>
  typeof node === 'object' && node !== null;

/** The values as a step schedule, neighbours that are equal taken together. */
function stepsOf(values: readonly number[], begins: readonly number[]): Node {
  const kept = values.flatMap((value, index) => (index > 0 && value === values[index - 1] ? [] : [index]));
  return {
    schedule: 'step',
    values: kept.map((index) => values[index]!),
    at: kept.slice(1).map((index) => begins[index]!),
  };
}
