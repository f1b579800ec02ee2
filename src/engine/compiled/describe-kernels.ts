import type { Kernel } from './kernels/kernel.js';

/** The kernels that can be compiled as a Markdown table; docs/compiled-engine.md ends with it. */
export function describeKernels(kernels: readonly Kernel[]): string {
  const rows = kernels
    .filter(({ internal }) => internal !== true)
    .map(({ name, inputs, batch, block, flops }) => {
      const read = inputs === 'list' ? 'a list' : inputs.length === 0 ? 'nothing' : inputs.join(', ');
      const constant = name === 'Fill' || name === 'ZerosLike' || name === 'OnesLike';
      const batching = constant ? 'a constant' : batch === undefined ? 'one by one' : 'side by side';
      const images = block === undefined ? 'plain' : 'in blocks';
      return `| ${name} | ${read} | ${batching} | ${images} | ${flops === undefined ? 'one an output' : 'its own'} |`;
    });
  return `| kernel | reads | members of a cohort | images | operations counted |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}
