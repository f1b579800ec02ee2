import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScheduleSpec } from '../../src/candidate/parameter-spec.js';
import { compileParameter } from '../../src/schedules/compile-parameter.js';
import { builtinSchedules } from '../../src/schedules/registry.js';
import { sampleParameter } from '../../src/schedules/sample-parameter.js';

// Without −0, which JSON does not have.
const value = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((number) => number + 0);
const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
const span = fc
  .uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 2 })
  .map((pair) => [...pair].sort((a, b) => a - b).map((part) => part / 1000));
const positions = (count: number): fc.Arbitrary<number[]> =>
  fc
    .uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: count, maxLength: count })
    .map((parts) => parts.sort((a, b) => a - b).map((part) => part / 1000));
const ramp = (schedule: string, end: fc.Arbitrary<number>): fc.Arbitrary<ScheduleSpec> =>
  fc.tuple(end, end, span).map(([from, to, [begin, stop]]) => ({
    schedule,
    from,
    to,
    begin: begin!,
    end: stop!,
  }));

/** Specifications of every schedule; a schedule that is missing here fails the suite. */
const specs: Readonly<Record<string, fc.Arbitrary<ScheduleSpec>>> = {
  constant: value.map((constant) => ({ schedule: 'constant', value: constant })),
  linear: ramp('linear', value),
  cosine: ramp('cosine', value),
  exponential: fc.oneof(
    ramp('exponential', positive),
    ramp(
      'exponential',
      positive.map((size) => -size),
    ),
  ),
  step: fc
    .integer({ min: 1, max: 5 })
    .chain((count) =>
      fc.tuple(fc.array(value, { minLength: count + 1, maxLength: count + 1 }), positions(count)),
    )
    .map(([values, at]) => ({ schedule: 'step', values, at })),
  curve: fc
    .integer({ min: 2, max: 7 })
    .chain((count) =>
      fc.tuple(
        fc.array(value, { minLength: count, maxLength: count }),
        fc.option(positions(count), { nil: undefined }),
        fc.constantFrom('linear', 'pchip'),
      ),
    )
    .map(([points, at, interpolation]) => ({
      schedule: 'curve',
      points,
      ...(at === undefined ? {} : { at }),
      interpolation,
    })),
  plateau: fc
    .tuple(value, value, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }))
    .map(([from, to, stages, patience]) => ({ schedule: 'plateau', from, to, stages, patience })),
};

const states = fc.record({
  validationLosses: fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { maxLength: 20 }),
});

/** The values that a specification names: its first, its last, and all of them. */
function named(spec: ScheduleSpec): readonly number[] {
  const list = (spec['values'] ?? spec['points']) as readonly number[] | undefined;
  return list ?? [spec['from'] ?? spec['value'], spec['to'] ?? spec['value']].map(Number);
}

describe.each(builtinSchedules.members.map((schedule) => [schedule.name, schedule] as const))(
  'schedule %s',
  (name, schedule) => {
    const spec = specs[name]!;

    it('has specifications in this suite, and a summary', () => {
      expect(spec).toBeDefined();
      expect(schedule.summary).not.toBe('');
      expect(schedule.summary).not.toContain('\n');
    });

    it('is finite and within the hull of its values', () => {
      fc.assert(
        fc.property(spec, fc.double({ min: 0, max: 1, noNaN: true }), states, (one, progress, state) => {
          const got = compileParameter(one, builtinSchedules).valueAt(progress, state) as number;
          expect(Number.isFinite(got)).toBe(true);
          expect(got).toBeGreaterThanOrEqual(Math.min(...named(one)));
          expect(got).toBeLessThanOrEqual(Math.max(...named(one)));
        }),
      );
    });

    it('begins and ends exactly at its first and last value', () => {
      fc.assert(
        fc.property(spec, (one) => {
          const { valueAt, driver } = compileParameter(one, builtinSchedules);
          const fresh = { validationLosses: [] };
          expect(valueAt(0, fresh)).toBe(named(one)[0]);
          const stages = Number(one['stages'] ?? 0) * Number(one['patience'] ?? 0);
          const spent = { validationLosses: Array.from({ length: stages + 1 }, () => 1) };
          expect(valueAt(1, driver === 'state' ? spent : fresh)).toBe(named(one).at(-1));
        }),
      );
    });

    it('is pure, and a function of its driver alone', () => {
      fc.assert(
        fc.property(spec, fc.nat(100), states, states, (one, percent, state, other) => {
          const { valueAt, driver } = compileParameter(one, builtinSchedules);
          const again = compileParameter(one, builtinSchedules);
          const progress = percent / 100;
          const got = valueAt(progress, state);
          valueAt(1 - progress, other);
          expect(valueAt(progress, state)).toBe(got);
          expect(again.valueAt(progress, state)).toBe(got);
          if (driver === 'progress') expect(valueAt(progress, other)).toBe(got);
          else expect(valueAt(1 - progress, state)).toBe(got);
        }),
      );
    });

    it('survives JSON', () => {
      fc.assert(
        fc.property(spec, fc.nat(100), states, (one, percent, state) => {
          const copy = JSON.parse(JSON.stringify(one)) as ScheduleSpec;
          const value = compileParameter(one, builtinSchedules).valueAt(percent / 100, state);
          expect(compileParameter(copy, builtinSchedules).valueAt(percent / 100, state)).toBe(value);
        }),
      );
    });

    it('shows its extreme values to range checks', () => {
      fc.assert(
        fc.property(spec, (one) => {
          const sampled = sampleParameter(one, builtinSchedules);
          expect(Math.min(...sampled)).toBe(Math.min(...named(one)));
          expect(Math.max(...sampled)).toBe(Math.max(...named(one)));
        }),
      );
    });

    it('has strict options', () => {
      fc.assert(
        fc.property(spec, (one) => {
          const { schedule: _, ...options } = one;
          expect(schedule.schema.safeParse(options).success).toBe(true);
          expect(schedule.schema.safeParse({ ...options, surplus: 1 }).success).toBe(false);
        }),
        { numRuns: 20 },
      );
    });
  },
);
