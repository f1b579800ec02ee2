import type { Kernel } from './kernels/kernel.js';

/** Kernels of this engine alone, which no program calls. */
const INTERNAL = new Set(['Populate']);

/** The kernels that can be compiled as a Markdown table; docs/compiled-engine.md ends with it. */
export function describeKernels(kernels: readonly Kernel[]): string {
  const rows = kernels
    .filter(({ name }) => !INTERNAL.has(name))
    .map(({ name, inputs, batch, flops }) => {
      const read = inputs === 'list' ? 'a list' : inputs.length === 0 ? 'nothing' : inputs.join(', ');
      const constant = name === 'Fill' || name === 'ZerosLike' || name === 'OnesLike';
      const batching = constant ? 'a constant' : batch === undefined ? 'one by one' : 'side by side';
      return `| ${name} | ${read} | ${batching} | ${flops === undefined ? 'one an output' : 'its own'} |`;
    });
  return `| kernel | reads | members of a cohort | operations counted |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}
