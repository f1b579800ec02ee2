/** What is to be grouped, and how far. */
export interface CohortPlan<Item> {
  readonly items: readonly Item[];
  /** Items with equal graphs may train side by side. */
  readonly graphOf: (item: Item) => string;
  /** Most members of a cohort, from 1. */
  readonly largest: number;
  /** Cohorts that train at a time: there should be work for all of them. */
  readonly workers: number;
}

/**
 * Groups items of one graph into cohorts, as large as they may be while every worker has something to do. Cohorts
 * are in the order of their first items; who is in which changes nobody's numbers.
 */
export function formCohorts<Item>({
  items,
  graphOf,
  largest,
  workers,
}: CohortPlan<Item>): readonly (readonly Item[])[] {
  const byGraph = new Map<string, Item[]>();
  for (const item of items) {
    const graph = graphOf(item);
    byGraph.set(graph, [...(byGraph.get(graph) ?? []), item]);
  }
  const size = Math.max(1, Math.min(largest, Math.ceil(items.length / workers)));
  return [...byGraph.values()].flatMap((group) => {
    // Equal pieces: one member left over would train at the price of many.
    const cohorts = Math.ceil(group.length / size);
    const share = Math.ceil(group.length / cohorts);
    return Array.from({ length: cohorts }, (_, index) =>
      group.slice(index * share, (index + 1) * share),
    ).filter((cohort) => cohort.length > 0);
  });
}
