import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { candidateHash } from '../../src/candidate/candidate-hash.js';
import { describeCandidate } from '../../src/candidate/describe-candidate.js';
import type { Candidate } from '../../src/candidate/candidate.js';
import { renderUserError, UserError } from '../../src/core/errors.js';
import { stream } from '../../src/core/random.js';
import { derive } from '../../src/expressions/derivation.js';
import { evaluateExpression } from '../../src/expressions/evaluate-expression.js';
import { OPERATOR_NAMES, operatorOf } from '../../src/expressions/operators.js';
import { printExpression } from '../../src/expressions/print-expression.js';
import { buildLoss } from '../../src/losses/build-loss.js';
import { builtinLosses } from '../../src/losses/registry.js';
import type { Head, TargetKind } from '../../src/problem/head.js';
import { useBackend } from '../../src/tensor/index.js';
import { softmax, type Row } from './reference.js';
import { gradientValues, values, type Member } from './support.js';

beforeAll(() => useBackend('wasm'));

const memberOf = (kind: TargetKind, expression: string): Member => ({
  loss: builtinLosses.get('symbolic'),
  kind,
  options: { expression },
  title: expression,
});
const plain = (name: string, kind: TargetKind): Member => ({
  loss: builtinLosses.get(name),
  kind,
  options: {},
  title: name,
});
const candidate = (expression: string | number): Candidate => ({
  loss: { name: 'symbolic', options: { expression } },
});
const headOf = (kind: TargetKind): Head => ({ name: 'y', kind, outputs: kind === 'multiclass' ? 3 : 1 });

function problemOf(expression: string | number, kind: TargetKind): string {
  try {
    buildLoss(candidate(expression).loss, [headOf(kind)], builtinLosses);
  } catch (error) {
    if (error instanceof UserError) return renderUserError(error);
    throw error;
  }
  return 'no error';
}

describe('the loss of a formula', () => {
  const logits = [-100, -30, -9, -2, 0, 0.7, 9, 30, 100];

  it.each([
    ['-(t * log(p))', 'cross-entropy', 1],
    ['square(p - t)', 'mse', 2],
    ['abs(p - t)', 'mae', 2],
  ])('%s of two classes is %s (times %d), far out too', (formula, name, factor) => {
    for (const label of [0, 1, 0.3]) {
      const batch = { z: logits.map((x): Row => [x]), t: logits.map((): Row => [label]) };
      const found = values(memberOf('binary', formula), batch, {});
      values(plain(name, 'binary'), batch, {}).forEach((value, n) => {
        expect(Math.abs(found[n]! - factor * value)).toBeLessThanOrEqual(
          1e-6 * Math.abs(factor * value) + 1e-7,
        );
      });
    }
  });

  it('is cross-entropy of many classes to the last digits, with its gradient', () => {
    const z = [
      [50, -60, 3],
      [0, 0, 0],
      [-4, 1, 2.5],
      [80, 79, -80],
    ];
    const t = [
      [0, 1, 0],
      [1, 0, 0],
      [0, 0.5, 0.5],
      [0, 0, 1],
    ];
    const [own, other] = [memberOf('multiclass', '-(t * log(p))'), plain('cross-entropy', 'multiclass')];
    expect(values(own, { z, t }, {})).toEqual(values(other, { z, t }, {}));
    const weights = [1, 2, 3, 4];
    const expected = gradientValues(other, { z, t }, {}, weights)[0]!;
    gradientValues(own, { z, t }, {}, weights)[0]!.forEach((value, index) =>
      expect(value).toBeCloseTo(expected[index]!, 6),
    );
  });

  it('is the focal loss, by powers of 1 − p from the logits', () => {
    const batch = { z: logits.map((x): Row => [x]), t: logits.map((_, n): Row => [n % 2]) };
    const focal = values(plain('focal', 'binary'), batch, { gamma: 2 });
    values(memberOf('binary', '-((1 - p)^2 * t * log(p))'), batch, {}).forEach((value, n) =>
      expect(Math.abs(value - focal[n]!)).toBeLessThanOrEqual(2e-6 * focal[n]! + 1e-30),
    );
  });

  // Minimum of Baikal at p_y = 1/√C with the rest equal; the values without the factor 1/C (facts of GLO).
  it.each([
    [2, 0.7071068, 1.4943672],
    [10, 0.3162278, 2.7509765],
  ])('Baikal of %d classes has its minimum at %d, value %d', (classes, best, value) => {
    const at = (p: number): number => {
      const rest = (1 - p) / (classes - 1);
      const z = [Array.from({ length: classes }, (_, c) => Math.log(c === 0 ? p : rest))];
      const t = [Array.from({ length: classes }, (_, c) => (c === 0 ? 1 : 0))];
      return values(memberOf('multiclass', 't / p - log(p)'), { z, t }, {})[0]! / classes;
    };
    expect(at(best)).toBeCloseTo(value, 5);
    expect(at(best - 0.02)).toBeGreaterThan(at(best));
    expect(at(best + 0.02)).toBeGreaterThan(at(best));
  });

  it('is the formula on numbers, whatever the formula', () => {
    const language = {
      variables: ['p', 't'],
      operators: OPERATOR_NAMES,
      constants: { low: -2, high: 2 },
      maxDepth: 4,
      maxSize: 12,
    };
    let compared = 0;
    for (let key = 0; key < 80; key++) {
      const random = stream('symbolic-test', key);
      const tree = derive(language, { method: 'grow', limit: 4 }, () => random.uniform());
      const z = [
        [0.3, -1, 0.8],
        [2, 0, -0.5],
      ];
      const t = [
        [0, 1, 0],
        [1, 0, 0],
      ];
      const found = values(memberOf('multiclass', printExpression(tree)), { z, t }, {});
      z.forEach((row, n) => {
        const terms = softmax(row).map((p, c) => evaluateExpression(tree, { p, t: t[n]![c]! }));
        const size = terms.reduce((sum, term) => sum + Math.abs(term), 1);
        // Where terms are huge float32 has no digits left for the small ones, nor ranges for the largest.
        if (size > 1e5) return;
        compared++;
        const expected = terms.reduce((sum, term) => sum + term, 0);
        expect(Math.abs(found[n]! - expected), printExpression(tree)).toBeLessThanOrEqual(2e-4 * size);
      });
    }
    expect(compared).toBeGreaterThan(120);
  });

  it.each(['2', 't', 'square(t) + 1'])('%s has a value and no gradient', (formula) => {
    const batch = { z: [[0.5, 1, -1]], t: [[0, 1, 0]] };
    expect(values(memberOf('multiclass', formula), batch, {})).toHaveLength(1);
    expect(gradientValues(memberOf('multiclass', formula), batch, {}, [1])[0]).toEqual([0, 0, 0]);
  });

  it('has a finite value and gradient at a target that is hit exactly', () => {
    for (const formula of ['sqrt(r)', 'log(r)', 'r / abs(r)', 'abs(r)^0.5', '1 / r', 'r^-2']) {
      const batch = { z: [[1]], t: [[1]] };
      expect(Number.isFinite(values(memberOf('regression', formula), batch, {})[0])).toBe(true);
      expect(gradientValues(memberOf('regression', formula), batch, {}, [1])[0]!.every(Number.isFinite)).toBe(
        true,
      );
    }
  });
});

describe('a candidate with a formula', () => {
  it('has one hash for all ways to write it', () => {
    const hashes = ['-(t * log(p))', 'log(p) * -t', '0 - t * log(p) * 1'].map((text) =>
      candidateHash(candidate(text)),
    );
    expect(new Set(hashes).size).toBe(1);
    expect(candidateHash(candidate('-(t * log(p)) * 2'))).not.toBe(hashes[0]);
    // A text that is no formula is left to the loss, which refuses it.
    expect(candidateHash(candidate('log('))).not.toBe(hashes[0]);
  });

  it('has one graph for all ways to write it', () => {
    const structures = ['t / p - log(p)', '-log(p) + t / p'].map(
      (text) => buildLoss(candidate(text).loss, [headOf('binary')], builtinLosses).structure,
    );
    expect(structures[0]).toBe(structures[1]);
  });

  it('is shown as its formula', () => {
    expect(describeCandidate({ ...candidate('t / p - log(p)'), learningRate: 0.01 })).toBe(
      'symbolic(t / p - log(p)); learning rate 0.01',
    );
  });

  it.each([
    [
      't * log(q)',
      'binary',
      'loss.options.expression: column 9 of the formula: unknown variable (found "q", expected one of p, t)',
    ],
    [
      'square(r)',
      'multiclass',
      'loss.options.expression: column 8 of the formula: unknown variable (found "r", expected one of p, t)',
    ],
    [
      't * p',
      'regression',
      'loss.options.expression: column 1 of the formula: unknown variable (found "t", expected one of r)',
    ],
    [
      'log(p',
      'binary',
      'loss.options.expression: column 6 of the formula: something is missing (found the end, expected ")")',
    ],
    [3, 'binary', 'loss.options.expression: the option has the wrong form (found 3, expected a text)'],
  ] as const)('%s on a %s head is refused in one line', (expression, kind, line) => {
    expect(problemOf(expression, kind)).toBe(line);
  });
});

it('docs/losses.md lists the operators as they are', () => {
  const page = readFileSync(fileURLToPath(new URL('../../docs/losses.md', import.meta.url)), 'utf8');
  for (const name of OPERATOR_NAMES) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
    expect(row, name).toMatch(/^\| `\w+` \| `[^`]+` \| .+ \|$/);
    expect(row!.endsWith(`| ${operatorOf(name).formula.replaceAll('|', '\\|')} |`), row).toBe(true);
  }
});
