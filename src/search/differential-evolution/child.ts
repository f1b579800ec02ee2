import type { Stream } from '../../core/random.js';
import { valueIn } from '../../space/entry-value.js';
import type { Assignment, Space } from '../../space/space.js';
import { sameAssignment, sameValue } from '../assignments.js';
import { entrySlots } from '../points.js';
import type { Member } from './members.js';
import { strategies, type Ingredients, type Point, type StrategyName } from './strategy.js';

export interface ChildRequest {
  readonly space: Space;
  /** The member that the child will compete with. */
  readonly target: Member;
  readonly best: Point;
  /** At least three points; three distinct ones are drawn for each attempt. */
  readonly pool: readonly Point[];
  readonly options: {
    readonly strategy: StrategyName;
    readonly factor: number;
    readonly crossover: number;
  };
  readonly random: Stream;
}

/** Children tried before one that equals its target is proposed all the same. */
const ATTEMPTS = 10;

/** A mutant crossed with its target, binomially. */
export function childOf({ space, target, best, pool, options, random }: ChildRequest): Assignment {
  const { assignment } = target.observation;
  let child = assignment;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const three = pickThree(pool, random);
    const point = crossedPoint({ target: target.point, best, three }, options, random);
    child = decodeKeeping(space, point, target.point, assignment);
    if (!sameAssignment(child, assignment)) break;
  }
  return child;
}

/** Three distinct ones. */
function pickThree(pool: readonly Point[], random: Stream): readonly [Point, Point, Point] {
  const left = [...pool];
  const pick = (): Point => left.splice(random.integer(left.length), 1)[0]!;
  return [pick(), pick(), pick()];
}

function crossedPoint(
  ingredients: Ingredients,
  { strategy, factor, crossover }: ChildRequest['options'],
  random: Stream,
): readonly number[] {
  const { target } = ingredients;
  const forced = random.integer(target.length);
  return target.map((kept, index) => {
    // Two draws for every coordinate, used or not, so that options shift no stream.
    const cross = random.uniform() < crossover || index === forced;
    const spare = random.uniform();
    if (!cross) return kept;
    const moved = strategies[strategy](ingredients, factor, index);
    return moved >= 0 && moved <= 1 ? moved : spare;
  });
}

/** Decodes the point; an entry whose coordinates are the target's keeps the target's value to the last bit. */
function decodeKeeping(space: Space, point: Point, targetPoint: Point, target: Assignment): Assignment {
  const child: Record<string, Assignment[string]> = { ...space.decode(point) };
  for (const { entry, start } of entrySlots(space)) {
    const kept = valueIn(target, entry.name);
    if (valueIn(child, entry.name) === undefined || kept === undefined) continue;
    const end = start + entry.dimensions;
    if (sameValue(point.slice(start, end), targetPoint.slice(start, end))) child[entry.name] = kept;
  }
  return child;
}
