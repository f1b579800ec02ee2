import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidateHash } from '../../src/candidate/candidate-hash.js';
import type { Candidate, MultiTaskSpec } from '../../src/candidate/candidate.js';
import {
  canonicalCandidate,
  canonicalParameter,
  SCHEDULE_DEFAULTS,
} from '../../src/candidate/canonical-candidate.js';
import { parseCandidate } from '../../src/candidate/parse-candidate.js';
import type { ParameterSpec, ScheduleSpec } from '../../src/candidate/parameter-spec.js';
import { compileParameter } from '../../src/schedules/compile-parameter.js';
import { builtinSchedules } from '../../src/schedules/registry.js';
import { arbitraryCandidate } from './arbitrary-candidate.js';

const withGamma = (gamma: ParameterSpec): Candidate => ({ loss: { name: 'focal', parameters: { gamma } } });

/** The same value with the keys of all objects in reverse order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

describe('canonicalCandidate', () => {
  it('is a candidate, and its own canonical form', () => {
    fc.assert(
      fc.property(arbitraryCandidate, (candidate) => {
        const canonical = canonicalCandidate(candidate);
        expect(parseCandidate(canonical)).toStrictEqual(canonical);
        expect(canonicalCandidate(canonical)).toStrictEqual(canonical);
      }),
    );
  });

  it('keeps every parameter what it was', () => {
    const specs = fc.oneof(
      fc.record({
        schedule: fc.constantFrom('linear', 'cosine', 'exponential'),
        from: fc.integer({ min: 1, max: 3 }),
        to: fc.integer({ min: 1, max: 3 }),
        begin: fc.constantFrom(0, 0.1),
        end: fc.constantFrom(1, 0.9),
      }),
      fc.record({
        schedule: fc.constant('curve'),
        points: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 2, maxLength: 4 }),
        interpolation: fc.constantFrom('linear', 'pchip'),
        monotone: fc.constant('none'),
      }),
      fc.record({
        schedule: fc.constant('plateau'),
        from: fc.integer({ min: 1, max: 2 }),
        to: fc.integer({ min: 1, max: 2 }),
        patience: fc.constantFrom(1, 2),
        stages: fc.constantFrom(1, 2),
      }),
    );
    fc.assert(
      fc.property(specs, fc.nat(100), fc.nat(9), (spec: ScheduleSpec, percent, evaluations) => {
        const state = { validationLosses: Array.from({ length: evaluations }, () => 1) };
        const value = (one: ParameterSpec): unknown =>
          compileParameter(one, builtinSchedules).valueAt(percent / 100, state);
        expect(value(canonicalParameter(spec))).toBe(value(spec));
      }),
    );
  });

  it('knows the defaults of the schedules as their schemas do', () => {
    const options: Readonly<Record<string, object>> = {
      linear: { from: 1, to: 2 },
      cosine: { from: 1, to: 2 },
      exponential: { from: 1, to: 2 },
      curve: { points: [1, 2] },
      plateau: { from: 1, to: 2 },
      constant: { value: 1 },
      step: { values: [1, 2], at: [0.5] },
    };
    for (const { name, schema } of builtinSchedules.members) {
      const parsed = schema.parse(options[name]) as Record<string, unknown>;
      const defaults = Object.keys(parsed).filter(
        (key) => !Object.hasOwn(options[name]!, key) && key !== 'monotone',
      );
      expect(SCHEDULE_DEFAULTS[name] ?? {}).toEqual(
        Object.fromEntries(defaults.map((key) => [key, parsed[key]])),
      );
    }
  });
});

describe('candidateHash', () => {
  it('has 12 hexadecimal digits and does not see the order of keys', () => {
    fc.assert(
      fc.property(arbitraryCandidate, (candidate) => {
        expect(candidateHash(candidate)).toMatch(/^[0-9a-f]{12}$/);
        expect(candidateHash(reversed(candidate) as Candidate)).toBe(candidateHash(candidate));
      }),
    );
  });

  it.each<[ParameterSpec]>([
    [{ schedule: 'constant', value: 2 }],
    [{ schedule: 'linear', from: 2, to: 2 }],
    [{ schedule: 'cosine', from: 2, to: 2, begin: 0.5 }],
    [{ schedule: 'exponential', from: 2, to: 2 }],
    [{ schedule: 'step', values: [2, 2], at: [0.5] }],
    [{ schedule: 'curve', points: [2, 2, 2] }],
    [{ schedule: 'plateau', from: 2, to: 2, stages: 3 }],
  ])('is that of the number for %j', (gamma) => {
    expect(candidateHash(withGamma(gamma))).toBe(candidateHash(withGamma(2)));
  });

  it('is the same with and without default options, and empty entries', () => {
    const linear = { schedule: 'linear', from: 0, to: 2 };
    expect(candidateHash(withGamma({ ...linear, begin: 0, end: 1 }))).toBe(candidateHash(withGamma(linear)));
    const plain: Candidate = { loss: { name: 'focal' } };
    expect(candidateHash({ loss: { name: 'focal', parameters: {}, options: {} } })).toBe(
      candidateHash(plain),
    );
    const curve = { schedule: 'curve', points: [1, 2] };
    expect(candidateHash(withGamma({ ...curve, monotone: 'increasing' }))).toBe(
      candidateHash(withGamma(curve)),
    );
  });

  it('is the same with and without default settings of a task weighting', () => {
    const weighted = (weighting: MultiTaskSpec['weighting']): string =>
      candidateHash({
        loss: { name: 'multi-task', heads: { a: { name: 'mse' }, b: { name: 'mse' } }, weighting },
      });
    const average = { name: 'dynamic-weight-average' } as const;
    expect(weighted({ ...average, temperature: 2 })).toBe(weighted(average));
    expect(weighted({ ...average, temperature: 3 })).not.toBe(weighted(average));
    expect(weighted({ name: 'fixed', weights: { a: 1, b: 0.5 } })).toBe(
      weighted({ name: 'fixed', weights: { b: 0.5 } }),
    );
    expect(weighted({ name: 'fixed', weights: { a: 0.5 } })).not.toBe(
      weighted({ name: 'fixed', weights: { b: 0.5 } }),
    );
  });

  it('differs where candidates differ', () => {
    const hashes = [
      withGamma(2),
      withGamma(2.0000001),
      withGamma({ schedule: 'linear', from: 2, to: 3 }),
      withGamma({ schedule: 'cosine', from: 2, to: 3 }),
      withGamma({ schedule: 'linear', from: 2, to: 3, begin: 0.1 }),
      // Of a user's module: nothing is known of its options.
      withGamma({ schedule: 'wave', from: 2, to: 2 }),
      { ...withGamma(2), learningRate: 0.1 },
      { loss: { name: 'focal' } } as Candidate,
    ].map(candidateHash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
