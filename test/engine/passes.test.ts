import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { addNode } from '../../src/engine/compiled/graph/add-node.js';
import { compile } from '../../src/engine/compiled/graph/compile.js';
import { traceGraph } from '../../src/engine/compiled/graph/trace-graph.js';
import { input, nodesOf, type Graph, type Node, type Value } from '../../src/engine/compiled/graph/graph.js';
import { graphProblem } from '../../src/engine/compiled/graph-problem.js';
import { createLoopProgram } from '../../src/engine/compiled/loop-program.js';
import { dropUnitAxes } from '../../src/engine/compiled/passes/drop-unit-axes.js';
import { expand } from '../../src/engine/compiled/passes/expand.js';
import { moveSigns } from '../../src/engine/compiled/passes/move-signs.js';
import { share } from '../../src/engine/compiled/passes/share.js';
import { kernels } from '../../src/engine/compiled/kernels/registry.js';
import { trainingProgram } from '../../src/engine/compiled/programs.js';
import { ops, read, tensorFrom, useBackend, type Tensor } from '../../src/tensor/index.js';
import { problemFor } from './problems.js';
import { BINARY, MULTICLASS, REGRESSION, toyData } from './toy-data.js';

beforeAll(() => useBackend('wasm'));

const { fround } = Math;
const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => fround(a + b),
  Sub: (a, b) => fround(a - b),
  Multiply: (a, b) => fround(a * b),
  RealDiv: (a, b) => fround(a / b),
  Neg: (a) => -a,
  Abs: (a) => Math.abs(a),
  Square: (a) => fround(a * a),
};
const count = (graph: Graph, kernel: string): number =>
  nodesOf(graph).filter((node) => node.kernel === kernel).length;

/** Float32 arithmetic on scalars, in the order of the graph. */
function evaluate(graph: Graph, numbers: Readonly<Record<string, number>>): number {
  const known = new Map<Value, number>();
  const valueOf = (value: Value): number =>
    value.origin.kind === 'input' ? numbers[value.origin.name]! : known.get(value)!;
  for (const { kernel, inputs, outputs } of nodesOf(graph)) {
    const [a, b = 0] = inputs.map(valueOf);
    known.set(outputs[0]!, ARITHMETIC[kernel]!(a!, b));
  }
  return valueOf(graph.results['y']!);
}

describe('moveSigns', () => {
  const step = fc.record({
    kernel: fc.constantFrom('Neg', 'Neg', 'Add', 'Sub', 'Multiply', 'RealDiv', 'Abs', 'Square'),
    a: fc.nat(),
    b: fc.nat(),
  });
  const number = fc.double({ min: 0.1, max: 10, noNaN: true }).map(fround);

  it('changes no number but the sign of a zero, and adds no node', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), number, number, (program, x, y) => {
        const inputs = [input('x', []), input('y', [])];
        const values: Value[] = [...inputs];
        for (const { kernel, a, b } of program) {
          const operands = [a, b].map((index) => values[index % values.length]!);
          const read = ['Neg', 'Abs', 'Square'].includes(kernel) ? operands.slice(0, 1) : operands;
          values.push(addNode(kernel, read)[0]!);
        }
        let graph: Graph = { inputs, results: { y: values.at(-1)! } };
        const expected = evaluate(graph, { x, y });
        for (let pass = 0; pass < 4; pass++) {
          const before = nodesOf(graph).length;
          graph = moveSigns(graph);
          expect(nodesOf(graph).length).toBeLessThanOrEqual(before);
          // −0 and 0 are one number here, and what was divided by one of them is left out.
          if (Number.isFinite(expected)) expect(evaluate(graph, { x, y }) + 0).toEqual(expected + 0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('makes differences of sums with negative terms', () => {
    const [a, b] = [input('a', []), input('b', [])];
    const call = (kernel: string, ...inputs: Value[]): Value => addNode(kernel, inputs)[0]!;
    const y = call('Add', call('Neg', call('Multiply', a, b)), call('Multiply', call('Neg', a), b));
    const graph = moveSigns(moveSigns(moveSigns({ inputs: [a, b], results: { y } })));
    expect(count(graph, 'Neg')).toBe(1);
    expect(graph.results['y']!.origin).toMatchObject({ node: { kernel: 'Neg' } });
  });
});

describe('dropUnitAxes', () => {
  it('leaves no elementwise kernel an axis of extent 1 at the end, and every result its shape', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(1, 3), { minLength: 1, maxLength: 4 }), (shape) => {
        const [a, b] = [input('a', shape), input('b', shape.slice(1))];
        const [sum] = addNode('Add', [a, b]);
        const [y] = addNode('Exp', [sum!]);
        const graph = dropUnitAxes({ inputs: [a, b], results: { y: y! } });
        expect(graph.results['y']!.shape).toEqual(shape);
        const size = shape.reduce<number>((product, extent) => product * extent, 1);
        for (const node of nodesOf(graph).filter(({ kernel }) => kernels.get(kernel)!.elementwise)) {
          expect(size === 1 || node.outputs[0]!.shape.at(-1) !== 1).toBe(true);
        }
      }),
    );
  });
});

it('expand: softplus of x and of −x share their logarithm', () => {
  const x = input('x', [4]);
  const [minus] = addNode('Neg', [x]);
  const results = { a: addNode('Softplus', [x])[0]!, b: addNode('Softplus', [minus!])[0]! };
  const graph = share(moveSigns(expand({ inputs: [x], results })));
  expect(count(graph, 'Softplus')).toBe(0);
  expect(count(graph, 'Log')).toBe(1);
  expect(count(graph, 'Exp')).toBe(1);
});

describe('joinBias', () => {
  const compiledStep = (hidden: readonly number[], heads = [BINARY], inputs = 5) => {
    const loss =
      heads.length === 1
        ? ({ name: 'focal' } as const)
        : {
            name: 'multi-task' as const,
            heads: Object.fromEntries(
              heads.map(({ name, kind }) => [name, { name: kind === 'regression' ? 'mse' : 'focal' }]),
            ),
            weighting: { name: 'uncertainty' } as const,
          };
    const data = toyData({ heads, inputShape: [inputs] });
    const { step } = trainingProgram(
      graphProblem(problemFor(data, { loss, model: { name: 'mlp', hidden } })),
    );
    const compiled = compile(step, { samples: new Set(['x']), shared: new Set(), block: undefined });
    const x = compiled.graph.inputs.find(({ origin }) => origin.kind === 'input' && origin.name === 'x')!;
    const readers = nodesOf(compiled.graph).filter((node: Node) => node.inputs.includes(x));
    return { ...compiled, x, readers };
  };

  it.each([
    { what: 'hidden layers', hidden: [9, 7], heads: [BINARY], products: 2 },
    { what: 'a linear model', hidden: [], heads: [BINARY], products: 2 },
    { what: 'a linear model of several classes', hidden: [], heads: [MULTICLASS], products: 2 },
    { what: 'linear heads', hidden: [], heads: [BINARY, MULTICLASS, REGRESSION], products: 6 },
  ])(
    '$what: samples with ones are read by products alone, forward and backward',
    ({ hidden, heads, products }) => {
      const { withOnes, x, readers } = compiledStep(hidden, heads);
      expect(withOnes).toEqual(new Set(['x']));
      expect(x.shape.at(-1)).toBe(6);
      expect(readers.map(({ kernel }) => kernel)).toEqual(
        Array.from({ length: products }, () => 'BatchMatMul'),
      );
    },
  );

  const weights = (model: Tensor) => ops.reshape(ops.slice(model, [0], [4]), [2, 2]);
  const bias = (model: Tensor) => ops.slice(model, [4], [2]);
  const dense = (x: Tensor, model: Tensor) => ops.add(ops.matMul(x, weights(model)), bias(model));
  const programs: Readonly<Record<string, (x: Tensor, model: Tensor) => Record<string, Tensor>>> = {
    'samples are a result too': (x, model) => ({ y: dense(x, model), x: ops.reshape(x, [2, 2]) }),
    'samples are both operands of a product': (x, model) => ({
      y: dense(x, model),
      moments: ops.concat([ops.reshape(ops.matMul(x, x, true, false), [4]), ops.sum(x, 0)], 0),
    }),
    'a number for each sample is added': (x, model) => ({
      y: ops.add(ops.matMul(x, weights(model)), ops.reshape(bias(model), [2, 1])),
    }),
    'the bias adds an axis': (x, model) => ({
      y: ops.sum(ops.add(ops.matMul(x, weights(model)), ops.reshape(bias(model), [1, 1, 2])), 1),
    }),
  };
  it.each(Object.keys(programs))('changes no number where %s', async (name) => {
    const body = programs[name]!;
    const source = {
      step: traceGraph({ x: [2, 2], model: [6] }, ({ x, model }) => body(x!, model!)),
      ...({ roles: { x: 'sample', model: 'fixed' }, shared: new Set<string>(), sameSamples: false } as const),
      batchSize: 2,
    };
    const x = Float32Array.of(1, 2, 3, 4);
    const model = Float32Array.of(5, 6, 7, 8, 9, 10);
    const program = await createLoopProgram(source, 1);
    const member = { arrays: { model }, indices: Int32Array.of(0, 1) };
    for (const result of await program.run(1, { x }, [member, member])) {
      for (const [key, value] of Object.entries(body(tensorFrom(x, [2, 2]), tensorFrom(model, [6])))) {
        expect([...result[key]!], key).toEqual([...read(value)]);
      }
    }
    await program.dispose();
  });

  it('leaves wide inputs as they are', () => {
    const { withOnes, x } = compiledStep([9], [BINARY], 200);
    expect(withOnes.size).toBe(0);
    expect(x.shape.at(-1)).toBe(200);
  });
});
