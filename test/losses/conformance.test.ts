import { beforeAll, describe, expect, test } from 'vitest';
import { permutation } from '../../src/core/random.js';
import { buildLoss } from '../../src/losses/build-loss.js';
import { builtinLosses } from '../../src/losses/registry.js';
import { liveTensors, tensorFrom, tidy, read, useBackend, scalar } from '../../src/tensor/index.js';
import type { Head, TargetKind } from '../../src/problem/head.js';
import { textsFor } from './formulas.js';
import { references, sum, type Row, type Theta } from './reference.js';
import {
  closeTo,
  countsOf,
  gradientValues,
  hessianTimes,
  KINDS,
  members,
  outputsOf,
  randomBatch,
  randomFor,
  thetaOf,
  values,
  type Batch,
  type Member,
} from './support.js';

const SAMPLES = 6;

const headOf = (kind: TargetKind): Head => ({ name: 'head', kind, outputs: outputsOf(kind) });

const flat = (value: number | Row): Row => (typeof value === 'number' ? [value] : value);

/** The reference at z + h·v_0 and θ + h·v_i, in float64. Detached weights stay where they were. */
function referenceAt(
  member: Member,
  batch: Batch,
  theta: Theta,
  weights: Row,
  steps: readonly (readonly Row[])[],
): number {
  const shift = (index: number, position: number): number =>
    sum(steps.map((step) => step[index]![position]!));
  const width = batch.z[0]!.length;
  const z = batch.z.map((row, n) => row.map((value, c) => value + shift(0, n * width + c)));
  const moved = Object.fromEntries(
    member.loss.parameters.map(({ name }, index) => {
      const value = theta[name]!;
      return [
        name,
        typeof value === 'number'
          ? value + shift(index + 1, 0)
          : value.map((item, position) => item + shift(index + 1, position)),
      ];
    }),
  );
  const losses = references[member.loss.name]![member.kind]!({
    z,
    t: batch.t,
    theta: moved,
    options: member.options,
    counts: countsOf(member.kind),
    frozen: batch.z,
  });
  return sum(losses.map((loss, n) => weights[n]! * loss));
}

const scaled = (direction: readonly Row[], h: number): Row[] =>
  direction.map((values) => values.map((value) => value * h));

const dot = (a: readonly Row[], b: readonly Row[]): number =>
  sum(a.map((values, index) => sum(values.map((value, position) => value * b[index]![position]!))));

/** Size of the terms of the dot product: what rounding errors are relative to. */
const dotSize = (a: readonly Row[], b: readonly Row[]): number =>
  sum(a.map((values, index) => sum(values.map((value, position) => Math.abs(value * b[index]![position]!)))));

/** How far a parameter may move without meeting an end of its range, near which the loss may bend sharply. */
function stepOf({ low, high }: { readonly low: number; readonly high: number }, value: number): number {
  const room = Math.min(value - low, high - value);
  return room > 0 ? Math.min(room, 1) : 1;
}

/** A random direction, zero in all inputs but the one that is looked at. */
function directionFor(member: Member, batch: Batch, theta: Theta, only: number | 'all', path: string): Row[] {
  const random = randomFor(member.title, 'direction', path);
  const ofParameters = member.loss.parameters.map((parameter) =>
    flat(theta[parameter.name]!).map((value) => stepOf(parameter, value)),
  );
  return [batch.z.flat().map(() => 1), ...ofParameters].map((steps, index) =>
    steps.map((step) => (only === 'all' || only === index ? step * random.normal() : 0)),
  );
}

const weightsFor = (member: Member): Row => {
  const random = randomFor(member.title, 'weights');
  return Array.from({ length: SAMPLES }, () => 0.5 + random.uniform());
};

const isDetached = (member: Member): boolean => member.options.stopWeightGradient === true;

describe.each(['wasm', 'cpu'] as const)('losses on %s', (backend) => {
  beforeAll(async () => {
    await useBackend(backend);
  });
  const batches = (member: Member): { name: string; batch: Batch; theta: Theta }[] => {
    const random = randomFor(member.title);
    return [
      {
        name: 'hard',
        batch: randomBatch(member.kind, SAMPLES, random),
        theta: thetaOf(member.loss, member.kind),
      },
      {
        name: 'soft',
        batch: randomBatch(member.kind, SAMPLES, random, true),
        theta: thetaOf(member.loss, member.kind, random),
      },
    ];
  };

  test.each(members)('$title: [N], equal to the formula in float64, for hard and soft targets', (member) => {
    for (const { name, batch, theta } of batches(member)) {
      const expected = references[member.loss.name]![member.kind]!({
        ...batch,
        theta,
        options: member.options,
        counts: countsOf(member.kind),
        frozen: batch.z,
      });
      const actual = values(member, batch, theta);
      expect(actual).toHaveLength(SAMPLES);
      actual.forEach((value, n) => {
        expect(closeTo(value, expected[n]!, 2e-5, 2e-6), `${name} ${n}: ${value}, not ${expected[n]}`).toBe(
          true,
        );
      });
    }
  });

  test.each(members)('$title: gradients equal central differences in float64', (member) => {
    const weights = weightsFor(member);
    for (const { name, batch, theta } of batches(member)) {
      const actual = gradientValues(member, batch, theta, weights);
      const inputs = ['prediction', ...member.loss.parameters.map((parameter) => parameter.name)];
      inputs.forEach((input, index) => {
        const direction = directionFor(member, batch, theta, index, name);
        const h = 1e-5;
        const up = referenceAt(member, batch, theta, weights, [scaled(direction, h)]);
        const down = referenceAt(member, batch, theta, weights, [scaled(direction, -h)]);
        const expected = (up - down) / (2 * h);
        const found = dot(actual, direction);
        const slack = 1e-5 * dotSize(actual, direction) + 1e-6;
        expect(closeTo(found, expected, 2e-4, slack), `${name} ${input}: ${found}, not ${expected}`).toBe(
          true,
        );
      });
    }
  });

  // Order of differentiation matters where weights are detached: the reference holds them in both directions.
  test.each(members.filter((member) => !isDetached(member)))(
    '$title: second derivatives, mixed ones included, equal differences in float64',
    (member) => {
      const weights = weightsFor(member);
      for (const { name, batch, theta } of batches(member)) {
        const v = directionFor(member, batch, theta, 'all', `${name} v`);
        const w = directionFor(member, batch, theta, 'all', `${name} w`);
        const h = 3e-4;
        const at = (a: number, b: number): number =>
          referenceAt(member, batch, theta, weights, [scaled(v, a * h), scaled(w, b * h)]);
        const expected = (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * h * h);
        const product = hessianTimes(member, batch, theta, weights, v);
        const found = dot(product, w);
        const slack = 1e-4 * dotSize(product, w) + 1e-5;
        expect(closeTo(found, expected, 1e-3, slack), `${name}: ${found}, not ${expected}`).toBe(true);
      }
    },
  );

  test.each(members)('$title: every parameter moves the loss somewhere', (member) => {
    const weights = weightsFor(member);
    const { batch, theta } = batches(member)[0]!;
    const [, ...byParameter] = gradientValues(member, batch, theta, weights);
    member.loss.parameters.forEach(({ name }, index) => {
      expect(Math.max(...byParameter[index]!.map((value) => Math.abs(value))), name).toBeGreaterThan(1e-5);
    });
  });
});

/** Far out on both sides, exactly at the target, and ties. */
function extremeBatch(member: Member): Batch {
  const size = member.kind === 'regression' ? 1e4 : 100;
  const outputs = outputsOf(member.kind);
  const patterns = [0, 1, 2, 3, 4, 5, 6, 7];
  const { t } = randomBatch(member.kind, patterns.length, randomFor(member.title, 'extreme'));
  const z = patterns.map((pattern, n) =>
    t[n]!.map((target, c) => {
      if (pattern < 2) return member.kind === 'regression' ? target : 0;
      const towards = member.kind === 'regression' ? 1 : target * 2 - 1;
      if (pattern < 4) return size * towards;
      if (pattern < 6) return -size * towards;
      return c === (n + pattern) % outputs ? size : -size * (c % 2);
    }),
  );
  return { z, t };
}

describe.each(['wasm', 'cpu'] as const)('losses at the ends on %s', (backend) => {
  beforeAll(async () => {
    await useBackend(backend);
  });

  test.each(members)('$title: finite value and gradients at extreme predictions and parameters', (member) => {
    const batch = extremeBatch(member);
    const weights = batch.z.map(() => 1);
    const base = thetaOf(member.loss, member.kind);
    const settings: Theta[] = [base];
    for (const { name, low, high, typical, shape } of member.loss.parameters) {
      const points = new Set([Math.max(low, -1e6), Math.min(high, 1e3), ...(typical ?? [])]);
      // Where the general robust loss changes its form.
      if (member.loss.name === 'barron' && name === 'alpha')
        for (const point of [-1e-7, 0, 1e-7]) points.add(point);
      for (const point of points) {
        const value = shape === 'class' ? (base[name] as Row).map(() => point) : point;
        settings.push({ ...base, [name]: value });
      }
    }
    const lows = member.loss.parameters.map(({ name, low, shape }): [string, number | Row] => {
      const point = Math.max(low, -1e6);
      return [name, shape === 'class' ? (base[name] as Row).map(() => point) : point];
    });
    settings.push(Object.fromEntries(lows));
    for (const theta of settings) {
      const results = [values(member, batch, theta), ...gradientValues(member, batch, theta, weights)];
      expect(
        results.every((result) => result.every((value) => Number.isFinite(value))),
        `${JSON.stringify(theta)}: ${JSON.stringify(results)}`,
      ).toBe(true);
    }
  });

  test.each(members)('$title: permuting samples permutes the losses', (member) => {
    const random = randomFor(member.title, 'permutation');
    const batch = randomBatch(member.kind, SAMPLES, random);
    const theta = thetaOf(member.loss, member.kind, random);
    const order = [...permutation(SAMPLES, random)];
    const permuted = { z: order.map((n) => batch.z[n]!), t: order.map((n) => batch.t[n]!) };
    const expected = values(member, batch, theta);
    values(member, permuted, theta).forEach((value, n) => {
      expect(value).toBeCloseTo(expected[order[n]!]!, 5);
    });
  });

  test.each(members.filter(({ kind }) => kind === 'multiclass'))(
    '$title: permuting classes and adding a constant to all logits change nothing',
    (member) => {
      const random = randomFor(member.title, 'classes');
      const batch = randomBatch(member.kind, SAMPLES, random, true);
      const theta = thetaOf(member.loss, member.kind, random);
      const weighted = Object.fromEntries(
        Object.entries(theta).map(([name, value]) => [
          name,
          typeof value === 'number' ? value : value.map(() => random.uniform()),
        ]),
      );
      const order = [...permutation(outputsOf(member.kind), random)];
      const reorder = (row: Row): Row => order.map((c) => row[c]!);
      const expected = values(member, batch, weighted);
      const permuted = values(
        member,
        { z: batch.z.map(reorder), t: batch.t.map(reorder) },
        Object.fromEntries(
          Object.entries(weighted).map(([name, value]) => [
            name,
            typeof value === 'number' ? value : reorder(value),
          ]),
        ),
        reorder(countsOf(member.kind)),
      );
      const shifted = { ...batch, z: batch.z.map((row, n) => row.map((value) => value + 3.7 * (n - 2))) };
      const moved = values(member, shifted, weighted);
      expected.forEach((value, n) => {
        expect(closeTo(permuted[n]!, value, 1e-5, 2e-6), `classes: ${permuted[n]}, not ${value}`).toBe(true);
        expect(closeTo(moved[n]!, value, 1e-4, 1e-5), `shift: ${moved[n]}, not ${value}`).toBe(true);
      });
    },
  );

  test.each(members)('$title: leaves no tensor behind', (member) => {
    const { z, t } = randomBatch(member.kind, SAMPLES, randomFor(member.title, 'leak'));
    const theta = thetaOf(member.loss, member.kind);
    const before = liveTensors();
    values(member, { z, t }, theta);
    gradientValues(member, { z, t }, theta, weightsFor(member));
    expect(liveTensors()).toBe(before);
  });

  // Overlap losses sum over positions instead (overlap.test.ts).
  const pointwise = members.filter(({ loss }) => loss.options?.every(({ name }) => name !== 'over') ?? true);
  test.each(pointwise)('$title: positions beyond the batch axis are averaged', (member) => {
    const positions = 3;
    const batch = randomBatch(member.kind, 4 * positions, randomFor(member.title, 'positions'));
    const theta = thetaOf(member.loss, member.kind);
    const flatLosses = values(member, batch, theta);
    const shape = [4, positions, 1, outputsOf(member.kind)];
    const counts = countsOf(member.kind);
    const deep = tidy(() =>
      member.loss.perSample[member.kind]!({
        prediction: tensorFrom(Float32Array.from(batch.z.flat()), shape),
        target: tensorFrom(Float32Array.from(batch.t.flat()), shape),
        theta: Object.fromEntries(
          Object.entries(theta).map(([name, value]) => [
            name,
            typeof value === 'number' ? scalar(value) : tensorFrom(Float32Array.from(value), [value.length]),
          ]),
        ),
        options: member.options,
        classCounts: tensorFrom(Float32Array.from(counts), [counts.length]),
      }),
    );
    expect(deep.shape).toEqual([4]);
    [...read(deep)].forEach((value, n) => {
      const expected = sum(flatLosses.slice(n * positions, (n + 1) * positions)) / positions;
      expect(value).toBeCloseTo(expected, 5);
    });
    deep.dispose();
  });
});

describe('descriptions of losses', () => {
  test.each(builtinLosses.members)('$name: names, defaults, ranges and textbook settings fit', (loss) => {
    expect(loss.name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(KINDS.some((kind) => loss.perSample[kind] !== undefined)).toBe(true);
    expect(references[loss.name], 'a reference in test/losses/reference.ts').toBeDefined();
    const names = loss.parameters.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { low, high, typical, ...parameter } of loss.parameters) {
      const points = [parameter.default, ...(typical ?? [])];
      for (const point of points) expect(point >= low && point <= high, parameter.name).toBe(true);
      expect(typical?.[0]).toBeLessThan(typical![1]);
    }
    for (const setting of loss.textbook ?? []) {
      for (const [name, value] of Object.entries(setting)) {
        const parameter = loss.parameters.find((known) => known.name === name);
        expect(parameter, name).toBeDefined();
        expect(value >= parameter!.low && value <= parameter!.high, name).toBe(true);
      }
    }
    for (const option of loss.options ?? []) {
      if ('choices' in option) {
        expect(option.choices.length).toBeGreaterThan(1);
        expect(new Set(option.choices).size).toBe(option.choices.length);
        continue;
      }
      // What the loss gets is a text of its own kind again, and a default for every kind that it serves.
      for (const kind of KINDS.filter((one) => loss.perSample[one] !== undefined)) {
        for (const text of [option.defaults[kind]!, ...textsFor(kind)]) {
          expect(option.read(option.read(text, kind), kind)).toBe(option.read(text, kind));
        }
      }
    }
    for (const [kind, settings] of Object.entries(loss.textbookOptions ?? {})) {
      for (const options of settings) {
        expect(() =>
          buildLoss({ name: loss.name, options }, [headOf(kind as TargetKind)], builtinLosses),
        ).not.toThrow();
      }
    }
  });
});
