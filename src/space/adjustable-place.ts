import type { Path } from '../core/schema-problem.js';

/**
 * True where a number of a candidate may be another one from some step of the training on, which a schedule says in
 * its place: a parameter of a loss, the weight of a term or of a head, the threshold of a self-paced curriculum.
 * @param path of a reference in a space file; the cases of switches in between say nothing about the place
 */
export function isAdjustablePlace(path: Path): boolean {
  const keys: string[] = [];
  for (let index = 0; index < path.length; index++) {
    // A switch stands as `cases`, value or as `default` in the path.
    if (path[index] === 'cases') index++;
    else if (path[index] !== 'default') keys.push(String(path[index]));
  }
  const [parent, key] = keys.slice(-2);
  // An item of a list, such as one value of each class: a schedule is a single number.
  if (key === '$switch' || typeof path.at(-1) === 'number') return false;
  return parent === 'parameters' || parent === 'weights' || key === 'weight' || key === 'threshold';
}
