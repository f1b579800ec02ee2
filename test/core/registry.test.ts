import { describe, expect, it } from 'vitest';
import { renderUserError, UserError, type UserErrorDetails } from '../../src/core/errors.js';
import { byNumber, byText } from '../../src/core/order.js';
import { createRegistry, unknownName } from '../../src/core/registry.js';

const member = (name: string) => ({ name, summary: `the ${name}` });
const fruit = createRegistry('fruit', ['apple', 'pear', 'cherry'].map(member));

function thrown(body: () => unknown): UserError {
  try {
    body();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('a registry', () => {
  it('finds its members, in the order given', () => {
    expect(fruit.get('pear').summary).toBe('the pear');
    expect(fruit.has('plum')).toBe(false);
    expect(fruit.members.map(({ name }) => name)).toEqual(['apple', 'pear', 'cherry']);
  });

  it('takes more members without changing, and refuses a name that is taken', () => {
    const more = fruit.with([member('plum')]);
    expect(more.has('plum')).toBe(true);
    expect(fruit.has('plum')).toBe(false);
    const error = thrown(() => fruit.with([member('pear')]));
    expect(error.code).toBe('plugin');
    expect(error.message).toContain('"pear"');
  });

  it('knows no name that only every object has', () => {
    for (const name of ['toString', 'constructor', '__proto__']) expect(fruit.has(name)).toBe(false);
  });

  it('names the nearest spelling, where one is near', () => {
    const error = thrown(() => fruit.get('aple'));
    expect(error.code).toBe('unknown-name');
    expect(error.message).toContain('did you mean "apple"?');
    expect(error.expected).toBe('one of apple, pear, cherry');
    expect(unknownName('fruit', 'pineapple', ['pear']).message).not.toContain('did you mean');
    // Two edits from both: the first by text, whatever the order of the list.
    expect(unknownName('pair', 'aaXX', ['aacc', 'aabb']).message).toContain('"aabb"');
  });

  it.each([
    ['Tpe', 'tpe'],
    ['NSGAII', 'nsga-ii'],
    ['CMA_ES', 'cma-es'],
    ['Regularized Evolution', 'regularized-evolution'],
    // Of spellings that are equal but for case the nearest.
    ['tPe', 'tpe'],
    ['T_P_E', 'T-P-E'],
  ])('takes %s for %s, written otherwise', (name, meant) => {
    const known = ['TPE-S', 'TPEs', 'tpe', 'T-P-E', 'nsga-ii', 'cma-es', 'regularized-evolution', '--'];
    expect(unknownName('sampler', name, known).message).toContain(`did you mean "${meant}"?`);
    expect(unknownName('sampler', '???', ['--']).message).not.toContain('did you mean "--"');
  });
});

describe('an error of the user', () => {
  const render = (details: Partial<UserErrorDetails>): string =>
    renderUserError(new UserError({ code: 'data', message: 'a cell is empty', ...details }));

  it('is one line with what is known of the place', () => {
    expect(render({})).toBe('a cell is empty');
    const place = { file: 'a.csv', line: 3, column: 7, path: 'task.file' };
    expect(render({ place, found: '""', expected: 'a number' })).toBe(
      'a.csv:3:7: task.file: a cell is empty (found "", expected a number)',
    );
    expect(render({ found: 'two\nlines\tand more' })).toBe('a cell is empty (found two lines and more)');
  });

  it('is not as long as what was found', () => {
    expect(render({ found: 'x'.repeat(10_000) }).length).toBeLessThan(300);
  });

  it('learns more of its place, but what it knew stays', () => {
    const error = new UserError({ code: 'yaml', message: 'm', place: { line: 4 }, found: 'f' });
    const placed = error.at({ file: 'b.yaml', line: 9 });
    expect(placed).toMatchObject({ code: 'yaml', found: 'f', place: { file: 'b.yaml', line: 4 } });
    expect(error.place).toEqual({ line: 4 });
  });
});

describe('orders', () => {
  it('put NaN last, and text by code unit', () => {
    expect([3, NaN, -Infinity, 1, NaN, Infinity].sort(byNumber)).toEqual([
      -Infinity,
      1,
      3,
      Infinity,
      NaN,
      NaN,
    ]);
    expect(['b', 'ä', 'a', 'Z', ''].sort(byText)).toEqual(['', 'Z', 'a', 'b', 'ä']);
  });
});
