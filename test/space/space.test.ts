import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/core/json.js';
import { parseSpace } from '../../src/space/parse-space.js';
import { createSpace } from '../../src/space/create-space.js';
import type { Assignment, EntryValue } from '../../src/space/space.js';

const text = `
name: every-kind
parameters:
  family: { type: categorical, choices: [a, b, c] }
  depth: { type: int, low: 1, high: 3, when: { family: [a, b] } }
  deep: { type: float, low: 0, high: 1, when: { depth: 3, family: a } }
  mix: { type: simplex, parts: [x, y, z], when: { family: b } }
  gamma: { type: schedule, shapes: [constant, linear], range: { low: 0, high: 5 }, when: { family: [b, c] } }
  rate: { type: float, low: 0.001, high: 1, log: true }
candidate:
  loss:
    $switch: family
    cases:
      a:
        name: one
        parameters:
          $switch: $depth
          cases: { 3: { depth: $depth, deep: $deep } }
          default: { depth: $depth }
      b: { name: two, parameters: { first: $mix.x, second: $mix.y, all: $mix, gamma: $gamma, depth: $depth } }
      c: { name: three, price: $$5, parameters: { gamma: $gamma } }
  curriculum: { $switch: family, cases: { a: { kind: some } }, default: null }
  learningRate: $rate
`;
const space = parseSpace(text, 'f');
const unit = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
  minLength: space.dimensions,
  maxLength: space.dimensions,
});

describe('a space', () => {
  it('has the entries of its parameters in order, with their conditions', () => {
    expect(space.entries.map(({ name, conditions }) => [name, conditions])).toEqual([
      ['family', []],
      ['depth', [{ entry: 'family', oneOf: ['a', 'b'] }]],
      [
        'deep',
        [
          { entry: 'depth', oneOf: [3] },
          { entry: 'family', oneOf: ['a'] },
        ],
      ],
      ['mix', [{ entry: 'family', oneOf: ['b'] }]],
      ['gamma.shape', [{ entry: 'family', oneOf: ['b', 'c'] }]],
      ['gamma.from', [{ entry: 'family', oneOf: ['b', 'c'] }]],
      [
        'gamma.to',
        [
          { entry: 'family', oneOf: ['b', 'c'] },
          { entry: 'gamma.shape', oneOf: ['linear'] },
        ],
      ],
      ['rate', []],
    ]);
    expect(space.dimensions).toBe(9);
  });

  it('decodes to exactly the active entries, which survive encode and decode', () => {
    fc.assert(
      fc.property(unit, (point) => {
        const assignment = space.decode(point);
        const active = space.entries.filter((entry) => space.isActive(entry, assignment));
        expect(Object.keys(assignment)).toEqual(active.map((entry) => entry.name));
        const again = space.encode(assignment);
        expect(again).toHaveLength(space.dimensions);
        expect(space.decode(again)).toEqual(assignment);
        let offset = 0;
        for (const entry of space.entries) {
          const coordinates = again.slice(offset, (offset += entry.dimensions));
          if (!active.includes(entry)) expect(coordinates).toEqual(coordinates.map(() => 0.5));
        }
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('counts an entry as inactive where what it depends on is inactive, whatever is left over', () => {
    const deep = space.entries.find((entry) => entry.name === 'deep')!;
    expect(space.isActive(deep, { family: 'a', depth: 3 })).toBe(true);
    expect(space.isActive(deep, { family: 'c', depth: 3 })).toBe(false);
    expect(space.isActive(deep, { family: 'b', depth: 3 })).toBe(false);
    expect(space.isActive(deep, { family: 'a' })).toBe(false);
  });

  it('builds candidates without references, holes or null', () => {
    fc.assert(
      fc.property(unit, (point) => {
        const json = canonicalJson(space.build(space.decode(point)));
        expect(json).not.toMatch(/"\$(?!5)|null/);
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it.each<[Assignment, unknown]>([
    [
      { family: 'a', depth: 3, deep: 0.25, rate: 0.1 },
      {
        loss: { name: 'one', parameters: { depth: 3, deep: 0.25 } },
        curriculum: { kind: 'some' },
        learningRate: 0.1,
      },
    ],
    [
      { family: 'a', depth: 2, rate: 0.1 },
      { loss: { name: 'one', parameters: { depth: 2 } }, curriculum: { kind: 'some' }, learningRate: 0.1 },
    ],
    [
      { family: 'b', depth: 1, mix: [0.5, 0.25, 0.25], 'gamma.shape': 'constant', 'gamma.from': 2, rate: 1 },
      {
        loss: {
          name: 'two',
          parameters: { first: 0.5, second: 0.25, all: [0.5, 0.25, 0.25], gamma: 2, depth: 1 },
        },
        learningRate: 1,
      },
    ],
    [
      { family: 'c', 'gamma.shape': 'linear', 'gamma.from': 2, 'gamma.to': 0, rate: 1 },
      {
        loss: { name: 'three', price: '$5', parameters: { gamma: { schedule: 'linear', from: 2, to: 0 } } },
        learningRate: 1,
      },
    ],
  ])('builds what the values stand for: %j', (assignment, candidate) => {
    expect(space.build(assignment)).toEqual(candidate);
  });

  it('refuses points of another length and values that are missing', () => {
    expect(() => space.decode([0.5])).toThrow(RangeError);
    expect(() => space.encode({ family: 'a' })).toThrow(RangeError);
    expect(() => space.build({ family: 'c', rate: 1 })).toThrow(RangeError);
    const wrong: Record<string, EntryValue> = { family: 'd', rate: 1 };
    expect(() => space.build(wrong)).toThrow(RangeError);
  });
});

describe('the hash of a space', () => {
  const hashOf = (from: string, to: string): string => parseSpace(text.replace(from, to), 'f').hash;

  it('stays when the text changes and the meaning does not', () => {
    expect(hashOf('name: every-kind', 'name: renamed\ndescription: other words')).toBe(space.hash);
    expect(hashOf('low: 0.001, high: 1, log: true', 'log: true, high: 1.0, low: 1e-3')).toBe(space.hash);
    expect(
      hashOf(
        'shapes: [constant, linear], range: { low: 0',
        'shapes: [constant, linear], range: { log: false, low: 0',
      ),
    ).toBe(space.hash);
  });

  it.each([
    ['high: 1, log: true', 'high: 2, log: true'],
    ['high: 1, log: true', 'high: 1'],
    ['choices: [a, b, c]', 'choices: [c, b, a]'],
    ['name: two', 'name: four'],
    ['depth: 3, family: a', 'depth: 3'],
  ])('changes when %s becomes %s', (from, to) => {
    expect(hashOf(from, to)).not.toBe(space.hash);
  });

  it('tells the order of parameters, which decides what a coordinate means', () => {
    const a = { type: 'float', low: 0, high: 1 } as const;
    const candidate = { loss: { name: 'x', parameters: { a: '$a', b: '$b' } } };
    const one = createSpace({ name: 'x', parameters: { a, b: a }, candidate });
    const two = createSpace({ name: 'x', parameters: { b: a, a }, candidate });
    expect(one.hash).not.toBe(two.hash);
  });
});

describe('createSpace', () => {
  it('takes a definition from a program and names the path of what is wrong', () => {
    const candidate = { loss: { name: 'focal', parameters: { gamma: '$gamma' } } };
    const made = createSpace({
      name: 'x',
      parameters: { gamma: { type: 'float', low: 0, high: 5 } },
      candidate,
    });
    expect(made.build(made.decode([0.5]))).toEqual({ loss: { name: 'focal', parameters: { gamma: 2.5 } } });
    expect(() =>
      createSpace({ name: 'x', parameters: { gamma: { type: 'float', low: 6, high: 5 } }, candidate }),
    ).toThrow(
      expect.objectContaining({
        code: 'space',
        place: { path: 'parameters.gamma.high' },
        found: '5',
        expected: 'at least 6',
      }),
    );
  });
});
