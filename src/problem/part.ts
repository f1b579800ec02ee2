/** The four disjoint parts of the data: trained on, seen by the search, by the selection, and once at the end. */
export const PARTS = ['train', 'validation', 'selection', 'test'] as const;
export type Part = (typeof PARTS)[number];
