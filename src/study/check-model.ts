import type { Place } from '../core/errors.js';
import { checkModelSize } from '../models/model-size.js';
import type { AnyModel } from '../models/model.js';
import type { TaskData } from '../problem/task-data.js';
import { located } from './located.js';

/**
 * Makes the model's initial weights once, from numbers that cost nothing, so that one that does not fit the task is
 * refused before anything trains.
 * @throws UserError at the place, where the input has the wrong shape for it, or it is too large
 */
export function checkModel(
  model: AnyModel,
  options: unknown,
  { inputShape, heads }: Pick<TaskData, 'inputShape' | 'heads'>,
  place: Place,
): void {
  let drawn = 0;
  const draw = (): number => {
    drawn += 1;
    checkModelSize(drawn);
    return 0.5;
  };
  const random = { uniform: draw, normal: draw, integer: () => 0 };
  located(place, () => model.init(model.schema.parse(options), { input: inputShape, heads }, random));
}
