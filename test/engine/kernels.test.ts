import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { describeKernels } from '../../src/engine/compiled/describe-kernels.js';
import { kernelList, kernels } from '../../src/engine/compiled/kernels/registry.js';

it('no kernel is registered twice', () => {
  expect(kernels.size).toBe(kernelList.length);
});

it('docs/compiled-engine.md lists the kernels as they are', () => {
  const file = fileURLToPath(new URL('../../docs/compiled-engine.md', import.meta.url));
  expect(readFileSync(file, 'utf8').endsWith(describeKernels(kernelList))).toBe(true);
});
