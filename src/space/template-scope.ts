import type { Path } from '../core/schema-problem.js';
import type { Parameter } from './parameter.js';
import type { Assignment } from './space.js';
import type { Fail } from './space-problem.js';
import type { TemplateJson } from './space-schema.js';

/** Values → JSON. null in a map means that the key is left out. */
export type Template = (assignment: Assignment) => TemplateJson;

export interface TemplateScope {
  readonly parameters: ReadonlyMap<string, Parameter>;
  /** Is told of every reference, `gamma` or `mix.dice`, and where it stands. */
  use(reference: string, path: Path): void;
  readonly fail: Fail;
}

/** A map of the candidate as written. */
export type TemplateMap = Readonly<Record<string, TemplateJson>>;
