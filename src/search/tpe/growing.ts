/** Kernels to which more are added. */
export interface Growing<Kernels> {
  /** Those of all observations so far and, last, the prior's. They hold until the next one is added. */
  kernels(): Kernels;
  /** @param value of the next observation; NaN where the axis is inactive in it */
  add(value: number): void;
}
