import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { assignmentKey } from '../../src/search/assignments.js';
import { axisValues, modelAxes } from '../../src/search/model-axes.js';
import { tpe } from '../../src/search/tpe.js';
import { bestOf, type Candidate } from '../../src/search/tpe/candidate.js';
import { drawPoint } from '../../src/search/tpe/draw.js';
import { logDensity, type LogDensity } from '../../src/search/tpe/log-density.js';
import { growingMixture, mixtureOf } from '../../src/search/tpe/mixture.js';
import { choiceProbability, parzenWidths } from '../../src/search/tpe/parzen.js';
import { goodCount, goodTrials, otherTrials, recencyWeights, rowsWhere } from '../../src/search/tpe/split.js';
import { logNormalMass } from '../../src/statistics/normal-distribution.js';
import { extendTable, tableOfRows, trialTable } from '../../src/search/trial-table.js';
import type { Assignment, Space } from '../../src/space/space.js';
import { intEntry } from '../../src/space/int-entry.js';
import { observation } from './support/observation.js';
import { bestValue, runSearch } from './support/run.js';
import { mixedSpace, numericSpace } from './support/scenario.js';
import { floatSpace, testSpace } from './support/space.js';

describe('kernels', () => {
  // Optuna 5, in [−1, 1]; ours are in [0, 1], half as long.
  it.each([
    [[], true, false, []],
    [[0.4], true, false, [1.4]],
    [[-0.4], true, false, [1.4]],
    [[-0.3, 0.3], true, false, [0.7, 0.7]],
    [[-0.3, 0.3], false, false, [0.6, 0.6]],
    [[-0.4, 0.4, 0.41, 0.42], true, false, [0.8, 0.8, 0.01, 0.58]],
    [[-0.4, 0.4, 0.41, 0.42], true, true, [0.8, 0.8, 1 / 3, 0.58]],
  ])(
    'of %j with endpoints %s and clip %s are as wide as in Optuna',
    (values, endpoints, magicClip, expected) => {
      const sorted = Float64Array.from(values, (value) => (value + 1) / 2);
      const widths = parzenWidths(sorted, { endpoints, magicClip });
      expect(widths).toHaveLength(expected.length);
      expected.forEach((width, index) => expect(2 * widths[index]!).toBeCloseTo(width, 12));
    },
  );

  it('of choices are those of Optuna', () => {
    const row = (observed?: number): number[] =>
      [0, 1, 2].map((choice) => choiceProbability(choice, observed, 1, 3));
    [0.2, 0.6, 0.2].forEach((p, choice) => expect(row(1)[choice]).toBeCloseTo(p, 14));
    row().forEach((p) => expect(p).toBeCloseTo(1 / 3, 14));
  });

  it('weigh the newest 25 alike and older ones less', () => {
    expect([...recencyWeights(25)]).toEqual(new Array(25).fill(1));
    expect(recencyWeights(26)[0]).toBe(1 / 26);
    const weights = [...recencyWeights(28)];
    [1 / 28, (1 + 1 / 28) / 2, 1, ...new Array<number>(25).fill(1)].forEach((weight, index) =>
      expect(weights[index]).toBeCloseTo(weight, 14),
    );
  });

  it('are good for a tenth of the trials, 25 at most, and never for failures', () => {
    expect([0, 1, 10, 11, 250, 251, 9999].map(goodCount)).toEqual([0, 1, 1, 2, 25, 25, 25]);
    const history = [5, Infinity, 3, ...new Array<number>(20).fill(9), 1].map((value, trial) =>
      observation(trial, value),
    );
    const good = goodTrials(history);
    expect([...good.keys()].filter((row) => good[row] === 1)).toEqual([0, 2, 23]);
    const failed = history.map((one, index) => (index === 2 ? one : observation(index, Infinity)));
    expect(goodTrials(failed).reduce((sum, one) => sum + one, 0)).toBe(1);
  });

  it('are good for those that a whole sort finds, ties to the earlier trial', () => {
    const value = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(Infinity));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 400 }), (values) => {
        const good = goodTrials(values.map((one, trial) => observation(trial, one)));
        const sorted = [...values.keys()]
          .filter((trial) => Number.isFinite(values[trial]))
          .sort((a, b) => values[a]! - values[b]! || a - b)
          .slice(0, goodCount(values.length));
        expect([...good.keys()].filter((trial) => good[trial] === 1)).toEqual(sorted.sort((a, b) => a - b));
      }),
    );
  });

  it('are of 1000 others at most, evenly spread and the newest among them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 25 }), (size, count) => {
        const random = stream('modelled', size);
        const good = new Uint8Array(size);
        for (let pick = 0; pick < Math.min(count, size); pick++) good[random.integer(size)] = 1;
        const modelled = [...otherTrials(good)];
        expect(modelled).toEqual([...new Set(modelled)].sort((a, b) => a - b));
        const others = [...good.keys()].filter((trial) => good[trial] === 0);
        const places = modelled.map((trial) => others.indexOf(trial));
        expect(places).toHaveLength(Math.min(1000, others.length));
        expect(places).not.toContain(-1);
        expect(places.at(-1)).toBe(others.length === 0 ? undefined : others.length - 1);
        const gaps = places.slice(1).map((place, index) => place - places[index]!);
        const even = others.length / Math.min(1000, others.length);
        gaps.forEach((gap) => expect([Math.floor(even), Math.ceil(even)]).toContain(gap));
      }),
      { numRuns: 20 },
    );
  });
});

/** Tables of random points. */
function randomTable(
  space: Space,
  rows: number,
): { table: ReturnType<typeof trialTable>; points: Assignment[] } {
  const random = stream('tpe-test');
  const points = Array.from({ length: rows }, () =>
    space.decode(Array.from({ length: space.dimensions }, () => random.uniform())),
  );
  return { points, table: extendTable(space, trialTable(space, []), points) };
}
const widths = { endpoints: false, magicClip: true };

describe('the density', () => {
  const all = (space: Space): number[] => [...modelAxes(space).keys()];

  it.each([1, 5, 40])(
    'integrates to 1 over a float, an int on a log scale, and a choice, with %i trials',
    (n) => {
      const entries = testSpace([
        { name: 'x', kind: 'float', low: 0, high: 1 },
        { name: 'c', kind: 'categorical', choices: ['a', 'b', 'c'] },
      ]);
      const log = intEntry('n', { low: 1, high: 9, log: true });
      const logSpace: Space = { ...entries, ...withEntry(entries, log) };
      const axes = modelAxes(logSpace);
      const random = stream('integral', n);
      const points = Array.from({ length: n }, () =>
        logSpace.decode(Array.from({ length: 3 }, () => random.uniform())),
      );
      const table = extendTable(logSpace, trialTable(logSpace, []), points);
      const density = logDensity(mixtureOf(axes, all(logSpace), table, widths));
      let sum = 0;
      const steps = 400;
      for (let step = 0; step < steps; step++)
        for (let choice = 0; choice < 3; choice++)
          for (let whole = 1; whole <= 9; whole++)
            sum +=
              Math.exp(density.at(Float64Array.of((step + 0.5) / steps, choice, log.encode(whole)[0]!))) /
              steps;
      expect(sum).toBeCloseTo(1, 4);
    },
  );

  it('is that of the draws, on a space with conditions too', () => {
    const { table } = randomTable(mixedSpace, 30);
    const axes = modelAxes(mixedSpace);
    const mixture = mixtureOf(axes, all(mixedSpace), table, widths);
    const density = logDensity(mixture);
    // E[q/p] = 1 for draws from p and any density q: here the uniform one, whose cells have 1/k each.
    const random = stream('importance');
    const logUniform = (values: Float64Array): number =>
      axes.reduce((sum, { choices, edges }, axis) => {
        const cells = choices > 0 ? choices : edges === undefined ? 1 : edges.length - 1;
        return Number.isNaN(values[axis]!) ? sum : sum - Math.log(cells);
      }, 0);
    const draws = 4000;
    let sum = 0;
    for (let draw = 0; draw < draws; draw++) {
      const unit = new Array<number>(mixedSpace.dimensions).fill(0.5);
      drawPoint(mixture, random).forEach((coordinate, axis) => {
        unit[axes[axis]!.coordinate] = coordinate;
      });
      const values = axisValues(axes, mixedSpace.decode(unit));
      sum += Math.exp(logUniform(values) - density.at(values));
    }
    expect(sum / draws).toBeGreaterThan(0.9);
    expect(sum / draws).toBeLessThan(1.1);
  });

  it('gives the log l − log g of Optuna 5.0.0 on the same trials', () => {
    // Recorded from its `_ParzenEstimator`, with a stable sort: numpy's own leaves the order of equal integers open.
    const path = new URL('support/optuna-tpe.json', import.meta.url);
    const cases = JSON.parse(readFileSync(path, 'utf8')) as readonly {
      readonly points: readonly Assignment[];
      readonly values: readonly number[];
      readonly probes: readonly Assignment[];
      readonly gains: readonly number[];
    }[];
    const space = testSpace([
      { name: 'a', kind: 'float', low: -5, high: 5 },
      { name: 'b', kind: 'float', low: 1e-4, high: 1, log: true },
      { name: 'i', kind: 'int', low: 0, high: 9 },
      { name: 'c', kind: 'categorical', choices: [0, 1, 2] },
    ]);
    const axes = modelAxes(space);
    for (const { points, values, probes, gains } of cases) {
      const good = goodTrials(
        points.map((assignment, trial) => observation(trial, values[trial]!, { assignment })),
      );
      const table = extendTable(space, trialTable(space, []), points);
      const density = (wanted: number): LogDensity =>
        logDensity(mixtureOf(axes, all(space), tableOfRows(table, rowsWhere(good, wanted)), widths));
      const [logGood, logBad] = [density(1), density(0)];
      probes.forEach((probe, index) => {
        const at = axisValues(axes, probe);
        expect(logGood.at(at) - logBad.at(at)).toBeCloseTo(gains[index]!, 9);
      });
    }
    expect(cases.map(({ points, probes }) => [points.length, probes.length])).toEqual([
      [37, 12],
      [100, 12],
    ]);
  });

  it('leaves out nothing that counts: it is the sum over all kernels', () => {
    const space = floatSpace(2);
    const { table } = randomTable(space, 300);
    const mixture = mixtureOf(modelAxes(space), [0, 1], table, widths);
    const density = logDensity(mixture);
    for (const point of [Float64Array.of(0.3, 0.7), Float64Array.of(0, 1), Float64Array.of(0.51, NaN)]) {
      let sum = 0;
      mixture.weights.forEach((weight, kernel) => {
        let product = weight;
        mixture.axes.forEach(({ centers, widths: deviations }, axis) => {
          if (Number.isNaN(point[axis]!)) return;
          const [mu, sigma] = [centers[kernel]!, deviations[kernel]!];
          const z = (point[axis]! - mu) / sigma;
          const mass = Math.exp(logNormalMass(-mu / sigma, (1 - mu) / sigma));
          product *= Math.exp(-0.5 * z * z) / (Math.sqrt(2 * Math.PI) * sigma * mass);
        });
        sum += product;
      });
      expect(density.at(point)).toBeCloseTo(Math.log(sum), 9);
    }
  });

  it.each([0, 1, 2, 95, 300])('grows from %i trials as if all had been there from the start', (told) => {
    const { points } = randomTable(mixedSpace, told + 8);
    const axes = modelAxes(mixedSpace);
    const tableOf = (count: number): ReturnType<typeof trialTable> =>
      extendTable(mixedSpace, trialTable(mixedSpace, []), points.slice(0, count));
    const growing = growingMixture(axes, all(mixedSpace), tableOf(told), widths, 8);
    for (let count = told; count <= told + 8; count++) {
      expect(growing.mixture()).toEqual(mixtureOf(axes, all(mixedSpace), tableOf(count), widths));
      if (count < told + 8) growing.add(axisValues(axes, points[count]!));
    }
  });

  it('is known to be above a bound, or known exactly, and never below that of the newest', () => {
    const { table } = randomTable(mixedSpace, 300);
    const axes = modelAxes(mixedSpace);
    const density = logDensity(mixtureOf(axes, all(mixedSpace), table, widths));
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    const anywhere = fc.array(unit, {
      minLength: mixedSpace.dimensions,
      maxLength: mixedSpace.dimensions,
    });
    fc.assert(
      fc.property(anywhere, fc.double({ min: -9, max: 9, noNaN: true }), (point, distance) => {
        const values = axisValues(axes, mixedSpace.decode(point));
        const whole = density.at(values);
        expect(density.atLeast(values)).toBeLessThanOrEqual(whole + 1e-12);
        const enough = whole + distance;
        const found = density.at(values, enough);
        if (distance > 1e-9) expect(found).toBe(whole);
        else if (distance < -1e-9) expect(found).toBeGreaterThan(enough);
      }),
    );
  });

  it('leaves out no cell that counts, however many axes there are', () => {
    const space = testSpace(
      Array.from({ length: 30 }, (_, index) => ({ name: `i${index}`, kind: 'int', low: 0, high: 255 })),
    );
    const random = stream('cells');
    // All near one point, as at the end of a search.
    const points = Array.from({ length: 60 }, () =>
      space.decode(Array.from({ length: space.dimensions }, () => 0.5 + 0.01 * random.uniform())),
    );
    const table = extendTable(space, trialTable(space, []), points);
    const axes = modelAxes(space);
    const mixture = mixtureOf(axes, all(space), table, widths);
    const density = logDensity(mixture);
    for (const place of [0.52, 0.6, 0.7, 0.8, 0.99]) {
      const values = axisValues(axes, space.decode([place, ...new Array<number>(29).fill(0.505)]));
      const terms = [...mixture.weights].map((weight, kernel) =>
        mixture.axes.reduce((term, { centers, widths: deviations, ...rest }, axis) => {
          const id = 'kernelOf' in rest ? rest.kernelOf[kernel]! : kernel;
          const [mu, sigma] = [centers[id]!, deviations[id]!];
          const between = (low: number, high: number): number =>
            logNormalMass((low - mu) / sigma, (high - mu) / sigma);
          const half = 1 / 512;
          return term + between(values[axis]! - half, values[axis]! + half) - between(0, 1);
        }, Math.log(weight)),
      );
      const largest = Math.max(...terms);
      const sum = terms.reduce((total, term) => total + Math.exp(term - largest), 0);
      expect(density.at(values)).toBeCloseTo(largest + Math.log(sum), 9);
    }
  });
});

describe('the best of the candidates', () => {
  /** A density of one value a point: what `at` and `atLeast` may say, and no more. */
  const density = (logs: readonly number[], known: readonly number[]): LogDensity => ({
    at: ([index], enough = Infinity) =>
      logs[index!]! > enough ? (enough + logs[index!]!) / 2 : logs[index!]!,
    atLeast: ([index]) => logs[index!]! - known[index!]!,
  });
  const anything = fc.array(
    fc.record({
      good: fc.integer({ min: -4, max: 4 }),
      bad: fc.integer({ min: -4, max: 4 }),
      // By how much too little is known of g at first.
      unknown: fc.integer({ min: 0, max: 6 }),
      seen: fc.boolean(),
    }),
    { maxLength: 12 },
  );

  it('has the most log l − log g of those not seen, the first of equals', () => {
    fc.assert(
      fc.property(anything, (draws) => {
        const bad = density(
          draws.map((draw) => draw.bad),
          draws.map((draw) => draw.unknown),
        );
        const candidates = draws.map((draw, index): Candidate<number> => {
          const values = Float64Array.of(index);
          const most = draw.good - bad.atLeast(values);
          return { index, point: index, values, logGood: draw.good, most };
        });
        const free = draws.flatMap((draw, index) =>
          draw.seen ? [] : [{ gain: draw.good - draw.bad, index }],
        );
        const first = free.sort((a, b) => b.gain - a.gain || a.index - b.index)[0];
        expect(bestOf(candidates, bad, (point) => draws[point]!.seen)).toBe(first?.index);
      }),
      { numRuns: 2000 },
    );
  });

  it('costs whole densities for few: for most a bound is enough', () => {
    const { table } = randomTable(floatSpace(5), 300);
    const axes = modelAxes(floatSpace(5));
    const logBad = logDensity(mixtureOf(axes, [...axes.keys()], table, widths));
    const random = stream('bounds');
    const candidates = Array.from({ length: 24 }, (_, index): Candidate<number> => {
      const values = Float64Array.from(axes, () => random.uniform());
      const logGood = 10 * random.uniform();
      return { index, point: index, values, logGood, most: logGood - logBad.atLeast(values) };
    });
    let asked = 0;
    const counting = {
      ...logBad,
      at: (...request: Parameters<LogDensity['at']>) => {
        asked++;
        return logBad.at(...request);
      },
    };
    bestOf(candidates, counting, () => false);
    expect(asked).toBeLessThan(12);
  });
});

/** A space with one more entry at its end. */
function withEntry(
  space: Space,
  entry: ReturnType<typeof intEntry>,
): Pick<Space, 'entries' | 'dimensions' | 'decode'> {
  const dimensions = space.dimensions + 1;
  return {
    entries: [...space.entries, entry],
    dimensions,
    decode: (unit) => ({ ...space.decode(unit.slice(0, -1)), [entry.name]: entry.decode(unit.slice(-1)) }),
  };
}

describe('the table of trials', () => {
  it('is the same whether it grew or was built at once', () => {
    const { table, points } = randomTable(mixedSpace, 40);
    const grown = points.reduce(
      (so, point) => extendTable(mixedSpace, so, [point]),
      trialTable(mixedSpace, []),
    );
    expect(grown).toEqual(table);
    table.orders.forEach((order, axis) => {
      const values = [...order].map((row) => table.columns[axis]![row]!);
      expect(values).toEqual([...values].sort((a, b) => a - b));
      expect(values).toHaveLength([...table.columns[axis]!].filter((value) => !Number.isNaN(value)).length);
    });
  });
});

describe('the table of some trials', () => {
  it.each([
    [40, 14],
    [300, 3],
    [300, 0],
  ])('is the table that these alone give: of %i these %i', (rows, some) => {
    const { table, points } = randomTable(mixedSpace, rows);
    const kept = Int32Array.from({ length: some }, (_, index) => 2 + 2 * index + (index % 2));
    const alone = extendTable(
      mixedSpace,
      trialTable(mixedSpace, []),
      [...kept].map((row) => points[row]!),
    );
    expect(tableOfRows(table, kept)).toEqual(alone);
  });
});

describe('sampler', () => {
  const valley = (assignment: Assignment): number => Math.abs((assignment['x0'] as number) - 0.3);

  it('spreads a wave: what was proposed before counts as not good', () => {
    const space = floatSpace(1);
    const history = runSearch({
      sampler: tpe,
      space,
      seed: 'liar',
      trials: 40,
      waveSize: 1,
      objective: valley,
    });
    const request = { options: tpe.schema.parse({}), space, seed: 'liar', history, wave: 99, firstTrial: 40 };
    const wave = tpe.propose({ ...request, count: 12 });
    // Alone each would be proposed from the same model; the first one sees the same either way.
    const alone = Array.from({ length: 12 }, (_, index) =>
      tpe.propose({ ...request, firstTrial: 40 + index, count: 1 }),
    ).flat();
    expect(wave[0]).toEqual(alone[0]);
    const gaps = (points: readonly Assignment[]): number => {
      const sorted = points.map((point) => point['x0'] as number).sort((a, b) => a - b);
      return sorted.slice(1).reduce((least, x, index) => Math.min(least, x - sorted[index]!), 1);
    };
    expect(wave).not.toEqual(alone);
    expect(gaps(wave)).toBeGreaterThan(0);
  });

  it('never proposes a point of a discrete space twice before all are used', () => {
    const space = testSpace([
      { name: 'a', kind: 'int', low: 0, high: 4 },
      { name: 'b', kind: 'categorical', choices: ['x', 'y', 'z'] },
    ]);
    for (const multivariate of [true, false]) {
      const run = runSearch({
        sampler: tpe,
        space,
        seed: 'twice',
        trials: 15,
        options: { multivariate },
        objective: ({ a, b }) => (a as number) + String(b).length,
      });
      expect(new Set(run.map(({ assignment }) => assignmentKey(assignment))).size).toBeGreaterThan(13);
    }
  });

  it('keeps away from failures', () => {
    const space = floatSpace(2);
    const run = runSearch({
      sampler: tpe,
      space,
      seed: 'fail',
      trials: 120,
      objective: ({ x0, x1 }) => ((x0 as number) < 0.5 ? Infinity : (x1 as number)),
    });
    // Chance fails in 40 of the last 80.
    const failed = run.slice(40).filter(({ value }) => value === Infinity).length;
    expect(failed).toBeLessThan(20);
  });

  it('learns entry by entry as well, where entries do not interact', () => {
    for (const options of [
      { multivariate: false },
      { multivariate: true },
      { magicClip: false, endpoints: true },
    ]) {
      const run = runSearch({
        sampler: tpe,
        space: numericSpace,
        seed: 'entry',
        trials: 80,
        options,
        objective: ({ gamma, rate }) => ((gamma as number) - 2) ** 2 + (Math.log(rate as number) + 4) ** 2,
      });
      expect(bestValue(run)).toBeLessThan(0.15);
    }
  });

  it('compares trials of different fidelity by their standings', () => {
    const space = floatSpace(1);
    const at = (trial: number, x0: number, curve: number[]): ReturnType<typeof observation> =>
      observation(trial, curve.at(-1)!, { assignment: { x0 }, curve });
    // Longer ones have larger values, and are the better ones where they are compared.
    const history = Array.from({ length: 40 }, (_, trial) =>
      trial % 4 === 0 ? at(trial, 0.8 + trial / 1000, [1, 50]) : at(trial, 0.2 + trial / 1000, [2]),
    );
    const points = tpe.propose({
      options: tpe.schema.parse({}),
      space,
      seed: 'fidelity',
      history,
      wave: 9,
      firstTrial: 40,
      count: 5,
    });
    for (const { x0 } of points) expect(x0 as number).toBeGreaterThan(0.5);
  });
});
