import { ops, tensorFrom, type Tensor } from '../../src/tensor/index.js';
import { at, build, range, real, total, type InputSpec, type OpCase, type OpName } from './op-case.js';

const CUBE = [2, 3, 2];
type Reduce = (values: readonly number[]) => number;

/** Over all axes, one (not the last), and two of them kept. */
const reduction = (
  op: OpName,
  run: (x: Tensor, axes?: number | number[], keepDims?: boolean) => Tensor,
  reduce: Reduce,
): OpCase[] => [
  {
    op,
    note: 'all',
    inputs: [real(CUBE)],
    run: (x) => run(x),
    expected: (x) => [reduce(x)],
  },
  {
    op,
    note: 'axis 1',
    inputs: [real(CUBE)],
    run: (x) => run(x, 1),
    expected: (x) => build([2, 2], (i, k) => reduce(range(3).map((j) => at(x, CUBE)(i, j, k)))),
  },
  {
    op,
    note: 'last axis',
    inputs: [real(CUBE)],
    run: (x) => run(x, -1),
    expected: (x) => build([2, 3], (i, j) => reduce(range(2).map((k) => at(x, CUBE)(i, j, k)))),
  },
  {
    op,
    note: 'axes 0 and 2, kept',
    inputs: [real(CUBE)],
    run: (x) => run(x, [0, 2], true),
    expected: (x) => range(3).map((j) => reduce(build([2, 2], (i, k) => at(x, CUBE)(i, j, k)))),
  },
];

const logSumExp: Reduce = (values) => Math.log(total(values.map(Math.exp)));

const alongRows = (
  op: OpName,
  run: (x: Tensor) => Tensor,
  value: (x: number, row: number[]) => number,
): OpCase => ({
  op,
  inputs: [real([2, 4])],
  run: (x) => run(x),
  expected: (x) =>
    x.map((entry, index) => value(entry, x.slice(4 * Math.floor(index / 4), 4 * Math.floor(index / 4) + 4))),
});

const products: OpCase[] = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
].map(([transposeA, transposeB]) => {
  const shapeA = transposeA! ? [4, 2] : [2, 4];
  const shapeB = transposeB! ? [3, 4] : [4, 3];
  return {
    op: 'matMul',
    note: `${transposeA! ? 'Aᵀ' : 'A'}${transposeB! ? 'Bᵀ' : 'B'}`,
    inputs: [real(shapeA), real(shapeB)],
    run: (a, b) => ops.matMul(a, b, transposeA, transposeB),
    expected: (a, b) =>
      build([2, 3], (i, j) =>
        total(
          range(4).map(
            (k) =>
              (transposeA! ? at(a, shapeA)(k, i) : at(a, shapeA)(i, k)) *
              (transposeB! ? at(b, shapeB)(j, k) : at(b, shapeB)(k, j)),
          ),
        ),
      ),
  };
});

const batched: OpCase = {
  op: 'matMul',
  note: 'a stack of matrices by one transposed matrix',
  inputs: [real([2, 2, 3]), real([1, 2, 3])],
  run: (a, b) => ops.matMul(a, b, false, true),
  expected: (a, b) =>
    build([2, 2, 2], (n, i, j) =>
      total(range(3).map((k) => at(a, [2, 2, 3])(n, i, k) * at(b, [2, 3])(j, k))),
    ),
};

/** A convolution by its definition. */
function convolution(
  height: number,
  width: number,
  kernel: readonly [number, number],
  stride: number,
  padding: 'same' | 'valid',
  channels: readonly [number, number] = [2, 2],
): OpCase {
  const shapeX = [2, height, width, channels[0]];
  const shapeW = [...kernel, ...channels];
  const extent = (input: number, window: number): number =>
    padding === 'same' ? Math.ceil(input / stride) : Math.floor((input - window) / stride) + 1;
  const before = (input: number, window: number): number =>
    padding === 'same'
      ? Math.floor(Math.max((extent(input, window) - 1) * stride + window - input, 0) / 2)
      : 0;
  return {
    op: 'conv2d',
    note: `${height}×${width}, filter ${kernel.join('×')}, stride ${stride}, ${padding}`,
    inputs: [real(shapeX), real(shapeW)],
    run: (x, w) => ops.conv2d(x, w, stride, padding),
    expected: (x, w) =>
      build([2, extent(height, kernel[0]), extent(width, kernel[1]), channels[1]], (n, row, column, out) =>
        total(
          build(shapeW.slice(0, 3), (i, j, c) => {
            const y = row * stride + i - before(height, kernel[0]);
            const z = column * stride + j - before(width, kernel[1]);
            if (y < 0 || z < 0 || y >= height || z >= width) return 0;
            return at(x, shapeX)(n, y, z, c) * at(w, shapeW)(i, j, c, out);
          }),
        ),
      ),
  };
}

const pooling = (op: OpName, run: (x: Tensor, window: number) => Tensor, reduce: Reduce): OpCase[] =>
  [
    [2, [1, 4, 6, 2]],
    [3, [2, 3, 6, 1]],
  ].map(([window, shape]): OpCase => {
    const s = window as number;
    const [n, h, w, c] = shape as [number, number, number, number];
    return {
      op,
      note: `window ${s}`,
      inputs: [real([n, h, w, c], -3, 3)],
      run: (x) => run(x, s),
      expected: (x) =>
        build([n, h / s, w / s, c], (b, i, j, k) =>
          reduce(build([s, s], (p, q) => at(x, [n, h, w, c])(b, i * s + p, j * s + q, k))),
        ),
    };
  });

/** Pixels repeated along both sides. */
const enlargement = (factor: number, [n, h, w, c]: readonly [number, number, number, number]): OpCase => ({
  op: 'enlarge',
  note: `factor ${factor}`,
  inputs: [real([n, h, w, c])],
  run: (x) => ops.enlarge(x, factor),
  expected: (x) =>
    build([n, h * factor, w * factor, c], (b, i, j, k) =>
      at(x, [n, h, w, c])(b, Math.floor(i / factor), Math.floor(j / factor), k),
    ),
});

const moved = (
  op: OpName,
  note: string,
  inputs: readonly InputSpec[],
  run: OpCase['run'],
  expected: OpCase['expected'],
): OpCase => ({ op, note, inputs, run, expected });

const indices = (): Tensor => tensorFrom(Int32Array.of(2, 0, 2, 1), [4], 'int32');

export const structureCases: readonly OpCase[] = [
  ...reduction('sum', ops.sum, total),
  ...reduction('mean', ops.mean, (values) => total(values) / values.length),
  ...reduction('max', ops.max, (values) => Math.max(...values)),
  ...reduction('min', ops.min, (values) => Math.min(...values)),
  ...reduction('logSumExp', ops.logSumExp, logSumExp),
  alongRows('softmax', ops.softmax, (x, row) => Math.exp(x - logSumExp(row))),
  alongRows('logSoftmax', ops.logSoftmax, (x, row) => x - logSumExp(row)),
  ...products,
  batched,
  convolution(4, 4, [3, 3], 1, 'same'),
  convolution(5, 4, [3, 3], 1, 'valid'),
  convolution(5, 4, [3, 2], 2, 'same'),
  convolution(6, 5, [3, 3], 2, 'valid'),
  convolution(4, 3, [1, 1], 1, 'valid'),
  convolution(5, 5, [2, 2], 3, 'same'),
  convolution(4, 4, [3, 3], 2, 'same', [1, 3]),
  ...pooling('maxPool', ops.maxPool, (values) => Math.max(...values)),
  ...pooling('averagePool', ops.averagePool, (values) => total(values) / values.length),
  enlargement(2, [2, 2, 3, 2]),
  enlargement(3, [1, 2, 1, 3]),
  moved(
    'cumsum',
    'axis 0',
    [real([3, 2])],
    (x) => ops.cumsum(x, 0),
    (x) => build([3, 2], (i, j) => total(range(i + 1).map((k) => at(x, [3, 2])(k, j)))),
  ),
  moved(
    'cumsum',
    'last axis, exclusive, reverse',
    [real([2, 4])],
    (x) => ops.cumsum(x, 1, true, true),
    (x) => build([2, 4], (i, j) => total(range(3 - j).map((k) => at(x, [2, 4])(i, j + 1 + k)))),
  ),
  moved(
    'reshape',
    'flat',
    [real([2, 4])],
    (x) => ops.reshape(x, [8]),
    (x) => [...x],
  ),
  moved(
    'transpose',
    'three axes',
    [real(CUBE)],
    (x) => ops.transpose(x, [2, 0, 1]),
    (x) => build([2, 2, 3], (k, i, j) => at(x, CUBE)(i, j, k)),
  ),
  moved(
    'concat',
    'axis 1',
    [real([2, 1]), real([2, 3])],
    (a, b) => ops.concat([a, b, a], 1),
    (a, b) => range(2).flatMap((i) => [a[i]!, ...b.slice(3 * i, 3 * i + 3), a[i]!]),
  ),
  moved(
    'concat',
    'one part, last axis by −1',
    [real([2, 2])],
    (a) => ops.concat([a], -1),
    (a) => [...a],
  ),
  moved(
    'stack',
    'axis 1',
    [real([2, 2]), real([2, 2])],
    (a, b) => ops.stack([a, b], 1),
    (a, b) => range(2).flatMap((i) => [...a.slice(2 * i, 2 * i + 2), ...b.slice(2 * i, 2 * i + 2)]),
  ),
  moved(
    'slice',
    'a block',
    [real([3, 4])],
    (x) => ops.slice(x, [1, 1], [2, 2]),
    (x) => build([2, 2], (i, j) => at(x, [3, 4])(i + 1, j + 1)),
  ),
  moved(
    'slice',
    'to the end',
    [real([3, 4])],
    (x) => ops.slice(x, [0, 2], [-1, -1]),
    (x) => build([3, 2], (i, j) => at(x, [3, 4])(i, j + 2)),
  ),
  moved(
    'pad',
    'uneven, by a value',
    [real([2, 2])],
    (x) =>
      ops.pad(
        x,
        [
          [1, 0],
          [0, 2],
        ],
        7,
      ),
    (x) => [...[7, 7, 7, 7], ...[x[0]!, x[1]!, 7, 7], ...[x[2]!, x[3]!, 7, 7]],
  ),
  moved(
    'expandDims',
    'axis 1',
    [real([2, 3])],
    (x) => ops.expandDims(x, 1),
    (x) => [...x],
  ),
  moved(
    'squeeze',
    'all',
    [real([1, 4, 1])],
    (x) => ops.squeeze(x),
    (x) => [...x],
  ),
  moved(
    'squeeze',
    'one axis',
    [real([1, 4, 1])],
    (x) => ops.squeeze(x, [2]),
    (x) => [...x],
  ),
  moved(
    'tile',
    'both axes',
    [real([2, 2])],
    (x) => ops.tile(x, [2, 3]),
    (x) => build([4, 6], (i, j) => at(x, [2, 2])(i % 2, j % 2)),
  ),
  moved(
    'tile',
    'middle axis of extent 1',
    [real([2, 1, 3])],
    (x) => ops.tile(x, [1, 4, 1]),
    (x) => build([2, 4, 3], (i, _, k) => at(x, [2, 1, 3])(i, 0, k)),
  ),
  moved(
    'tile',
    'once',
    [real([2, 2])],
    (x) => ops.tile(x, [1, 1]),
    (x) => [...x],
  ),
  moved(
    'broadcastTo',
    'a column, and in front',
    [real([2, 1])],
    (x) => ops.broadcastTo(x, [3, 2, 4]),
    (x) => build([3, 2, 4], (_n, i) => x[i]!),
  ),
  moved(
    'broadcastTo',
    'its own shape',
    [real([2, 2])],
    (x) => ops.broadcastTo(x, [2, 2]),
    (x) => [...x],
  ),
  moved(
    'gatherRows',
    'a row twice',
    [real([3, 2])],
    (x) => ops.gatherRows(x, indices()),
    (x) => [2, 0, 2, 1].flatMap((row) => x.slice(2 * row, 2 * row + 2)),
  ),
  moved(
    'gatherRows',
    'of a vector',
    [real([6])],
    (x) => ops.gatherRows(x, indices()),
    (x) => [2, 0, 2, 1].map((row) => x[row]!),
  ),
];
