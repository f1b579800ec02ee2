import { expect, it } from 'vitest';
import {
  dispose,
  keep,
  liveTensors,
  ops,
  read,
  readAsync,
  scalar,
  tensorFrom,
  tidy,
} from '../../src/tensor/index.js';
import { onEachBackend } from './on-each-backend.js';

onEachBackend(() => {
  it('reads back what was written, in shape and type', async () => {
    const before = liveTensors();
    const x = tensorFrom(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
    const i = tensorFrom(Int32Array.of(7, -8), [2], 'int32');
    expect(x.shape).toEqual([2, 3]);
    expect([x.dtype, i.dtype]).toEqual(['float32', 'int32']);
    expect([...read(x)]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...(await readAsync(i))]).toEqual([7, -8]);
    dispose(x, i);
    expect(liveTensors()).toBe(before);
  });

  it('tidy frees all but what it returns, and what is kept', () => {
    const before = liveTensors();
    let kept = scalar(0);
    const { sum } = tidy(() => {
      const a = ops.add(scalar(1), scalar(2));
      dispose(kept);
      kept = keep(ops.mul(a, 2));
      return { sum: ops.add(a, 1) };
    });
    expect(liveTensors() - before).toBe(2);
    expect([read(sum)[0], read(kept)[0]]).toEqual([4, 6]);
    dispose(sum, kept);
    expect(liveTensors()).toBe(before);
  });
});
