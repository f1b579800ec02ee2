import { constant, variable, type Expression } from './expression.js';
import { constantAt, coordinateOfConstant } from './constants.js';
import { hasBinary, type ExpressionLanguage } from './language.js';
import { operatorOf, type OperatorName } from './operators.js';

/** What may be put at one place of a growing tree. */
export type Production =
  | { readonly kind: 'operator'; readonly name: OperatorName }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'constant' };

/** How a tree grows: `full` puts operators everywhere above the depth limit, `grow` may end a branch earlier. */
export interface GrowthPlan {
  readonly method: 'grow' | 'full';
  /** Depth at which all branches end, ≤ the depth of the language. */
  readonly limit: number;
}

/** A place of a growing tree, in pre-order. */
export interface Site {
  readonly depth: number;
  /** Depths of the places that are still empty after this one. */
  readonly open: readonly number[];
  /** Nodes before this one. */
  readonly used: number;
  /** Variables that must still occur. */
  readonly missing: ReadonlySet<string>;
}

/** Chance of a leaf where operators could stand as well: at the root, and elsewhere. */
const LEAF_CHANCE = { root: 0.05, elsewhere: 0.3 } as const;

/** A production with the part of [0, 1) that stands for it. */
export interface Cell {
  readonly production: Production;
  readonly start: number;
  readonly width: number;
}

/**
 * What can be put at a place such that the tree can still be finished within its limits and with all its variables,
 * with the chance of each: operators alike, leaves alike.
 */
export function cellsAt(language: ExpressionLanguage, plan: GrowthPlan, site: Site): readonly Cell[] {
  const operators = language.operators
    .map((name): Production => ({ kind: 'operator', name }))
    .filter((production) => isPossible(language, plan, site, production));
  const early = plan.method === 'grow' || site.depth >= plan.limit || operators.length === 0;
  const leaves = leavesOf(language).filter((leaf) => isPossible(language, plan, site, leaf));
  const ends = early || operators.length === 0 ? leaves : [];
  const chance = site.depth === 0 ? LEAF_CHANCE.root : LEAF_CHANCE.elsewhere;
  const ofLeaves = operators.length === 0 ? 1 : ends.length === 0 ? 0 : chance;
  let start = 0;
  return [
    ...operators.map((production) => ({ production, width: (1 - ofLeaves) / operators.length })),
    ...ends.map((production) => ({ production, width: ofLeaves / ends.length })),
  ].map(({ production, width }) => {
    const cell = { production, start, width };
    start += width;
    return cell;
  });
}

const leavesOf = ({ variables, constants }: ExpressionLanguage): readonly Production[] => [
  ...variables.map((name): Production => ({ kind: 'variable', name })),
  ...(constants === undefined ? [] : [{ kind: 'constant' } as const]),
];

/** The place after this one, with what is put here. */
export function siteAfter(site: Site, production: Production): Site | undefined {
  const { depth, open, used, missing } = site;
  const below = production.kind === 'operator' ? operatorOf(production.name).arity : 0;
  const [next, ...rest] = [...Array.from({ length: below }, () => depth + 1), ...open];
  if (next === undefined) return undefined;
  const placed = production.kind === 'variable' ? production.name : undefined;
  return {
    depth: next,
    open: rest,
    used: used + 1,
    missing: placed === undefined ? missing : new Set([...missing].filter((name) => name !== placed)),
  };
}

function isPossible(
  language: ExpressionLanguage,
  { limit }: GrowthPlan,
  site: Site,
  production: Production,
): boolean {
  if (production.kind === 'operator' && site.depth >= limit) return false;
  const after = siteAfter(site, production);
  if (after === undefined) {
    return [...site.missing].every((name) => production.kind === 'variable' && production.name === name);
  }
  const places = [after.depth, ...after.open];
  const wanted = after.missing.size;
  const room = hasBinary(language)
    ? places.reduce((leaves, depth) => leaves + 2 ** (limit - depth), 0)
    : places.length;
  // A further leaf costs itself and the operator that joins it.
  const needed = places.length + 2 * Math.max(0, wanted - places.length);
  return room >= wanted && after.used + needed <= language.maxSize;
}

/** The leaf of a production, by the place of the coordinate within its cell. */
export function leafOf(language: ExpressionLanguage, production: Production, within: number): Expression {
  if (production.kind === 'variable') return variable(production.name);
  if (production.kind === 'operator' || language.constants === undefined) {
    throw new RangeError('this production is no leaf of the language');
  }
  return constant(constantAt(language.constants, within));
}

/** Place of a node within the cell of its production: the middle, but for a constant. */
export function withinCell(language: ExpressionLanguage, node: Expression): number | undefined {
  if (node.kind !== 'constant') return 0.5;
  return language.constants === undefined ? undefined : coordinateOfConstant(language.constants, node.value);
}

/** True where the production stands for the node. */
export function produces(production: Production, node: Expression): boolean {
  switch (node.kind) {
    case 'constant':
      return production.kind === 'constant';
    case 'variable':
      return production.kind === 'variable' && production.name === node.name;
    case 'operation':
      return production.kind === 'operator' && production.name === node.operator;
  }
}
