/** A column of a table that is to become inputs of a model. */
export interface InputColumn {
  readonly position: number;
  /** Left out: told from the train rows. */
  readonly type?: 'numeric' | 'categorical';
  /** Whether the number 0 stands for a value that is missing. */
  readonly zerosAreMissing: boolean;
}

export interface EncodingOptions {
  /** Cells that stand for a missing value. */
  readonly missing: readonly string[];
  /** Most categories that a column may have. */
  readonly maxCategories: number;
}

/** What became of a column: the values of each input of the model for every row of the table, and remarks. */
export interface EncodedColumn {
  readonly inputs: readonly Float32Array[];
  readonly notes: readonly string[];
}

/** A column that gives no input. */
export const dropped = (label: string, why: string): EncodedColumn => ({
  inputs: [],
  notes: [`${label} dropped: it ${why}`],
});
