import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UserError } from '../core/errors.js';
import type { YamlDocument } from '../core/yaml-file.js';
import type { Space } from '../space/space.js';
import { wholePoint } from '../space/whole-point.js';
import type { ExperimentFile } from './experiment-file.js';
import { readFacts } from './read-facts.js';
import { JOURNAL_FILE } from './study-folder.js';
import type { PrimaryMetric } from './study-context.js';
import type { StudyFacts } from './study-facts.js';
import { startingPoints } from './starting-points.js';
import type { StartFrom } from './start-from.js';

type Written = Exclude<NonNullable<ExperimentFile['search']['startFrom']>, string>;

/** Points of the earlier study that are tried first where the file does not say. */
const DEFAULT_TOP = 4;

export interface StartFromInput {
  readonly choice: NonNullable<ExperimentFile['search']['startFrom']>;
  readonly document: YamlDocument;
  /** Of the experiment file. */
  readonly folder: string;
  readonly space: Space;
  /** Of this study. */
  readonly metric: PrimaryMetric;
  /** Trials that the search has for points of the earlier study. */
  readonly room: number;
}

/**
 * What `search.startFrom` names, read once and for all: a study by its folder, or by a CSV file in it; or what was read
 * before, as `experiment.yaml` of a study has it.
 * @throws UserError at the place in the file where there is no such study, its metric has the other direction, or none of
 *   its trials lies in the space
 */
export function resolveStartFrom(input: StartFromInput): StartFrom {
  const { choice, document, metric } = input;
  const written: Written = typeof choice === 'string' ? { study: choice } : choice;
  const at = ['search', 'startFrom'];
  const fail = (message: string, path: readonly string[], found: string, expected: string): never => {
    throw new UserError({
      code: 'study',
      message,
      place: document.locate([...at, ...path]),
      found,
      expected,
    });
  };
  const { study, top, origin, enqueue, trials } = written;
  if (study === undefined) {
    if (origin === undefined || enqueue === undefined || trials === undefined || top !== undefined) {
      const keys = Object.keys(written).join(', ');
      return fail('what to start from is not said', [], keys === '' ? 'an empty map' : keys, 'study: FOLDER');
    }
    return stored({ origin, enqueue, trials }, input);
  }
  if (origin !== undefined || enqueue !== undefined || trials !== undefined) {
    fail('either a study or what was read of one', [], 'both', 'study alone');
  }
  const path = typeof choice === 'string' ? [] : ['study'];
  const facts = factsOf(study, input, path);
  const { direction, experiment } = facts.provenance;
  if (direction !== metric.metric.direction) {
    fail(
      'its scores rank the other way round',
      path,
      `${experiment.metrics[0]!.key} (${direction})`,
      `a metric to ${metric.metric.direction}, as ${metric.key}`,
    );
  }
  const found = startingPoints(facts, input.space, metric, Math.min(top ?? DEFAULT_TOP, input.room));
  if (found.origin.trials === 0)
    fail('the study has no finished trials of a search', path, study, 'a study of a search');
  if (found.trials.length === 0) {
    fail(
      'none of its trials lies in the space',
      path,
      `${found.origin.trials} trials of the study "${experiment.name}"`,
      'a study of this space, or of one that shares points with it',
    );
  }
  return found;
}

/** Points that a file holds are checked like any that a user wrote. */
function stored(given: StartFrom, { document, space }: StartFromInput): StartFrom {
  const check = (path: readonly (string | number)[], assignment: StartFrom['enqueue'][number]): void => {
    if (wholePoint(space, assignment) !== undefined) return;
    throw new UserError({
      code: 'space',
      message: 'not a point of the space',
      place: document.locate(['search', 'startFrom', ...path]),
      found: Object.keys(assignment).join(', '),
      expected: 'a value of each active entry, and of no other',
    });
  };
  given.enqueue.forEach((assignment, index) => check(['enqueue', index], assignment));
  given.trials.forEach(({ assignment }, index) => check(['trials', index, 'assignment'], assignment));
  return given;
}

function factsOf(study: string, { document, folder }: StartFromInput, path: readonly string[]): StudyFacts {
  const named = resolve(folder, study);
  const isTable = named.endsWith('.csv') && existsSync(named);
  const place = document.locate(['search', 'startFrom', ...path]);
  try {
    return readFacts(isTable ? dirname(named) : named);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const message = isTable ? `no study beside the table: there is no ${JOURNAL_FILE}` : error.message;
    throw new UserError({ code: 'study', message, place, found: study, expected: 'the folder of a study' });
  }
}
