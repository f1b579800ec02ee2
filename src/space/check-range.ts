import type { Path } from '../core/schema-problem.js';
import type { FloatRange } from './float-entry.js';
import type { Fail } from './space-problem.js';

/** More whole numbers than this no coordinate can tell apart. */
const MOST_INTEGERS = 2 ** 40;

/** Refuses a range from which nothing can be drawn. @throws UserError `space` */
export function checkRange(range: FloatRange, path: Path, fail: Fail): void {
  const { low, high, log, step } = range;
  if (low > high) {
    fail([...path, 'high'], 'high is below low', { found: `${high}`, expected: `at least ${low}` });
  }
  if (!Number.isFinite(high - low)) fail(path, 'the range is too wide', { found: `${low} to ${high}` });
  if (log === true && low <= 0) {
    fail([...path, 'low'], 'a log range needs low above 0', {
      found: `${low}`,
      expected: 'a number above 0',
    });
  }
  if (step === undefined) return;
  if (step <= 0) fail([...path, 'step'], 'step must be above 0', { found: `${step}` });
  if (log === true) fail([...path, 'step'], 'log and step exclude each other');
  if (step > high - low) {
    fail([...path, 'step'], 'step is larger than the range', {
      found: `${step}`,
      expected: `at most ${high - low}`,
    });
  }
}

/** As {@link checkRange}, and no more whole numbers than a coordinate can tell apart. */
export function checkIntRange(range: FloatRange, path: Path, fail: Fail): void {
  checkRange(range, path, fail);
  const count = range.high - range.low + 1;
  if (count > MOST_INTEGERS) {
    fail(path, 'the range is too wide', {
      found: `${count} whole numbers`,
      expected: `at most ${MOST_INTEGERS}`,
    });
  }
}
