/**
 * The tensor operations that losses, models and optimizers are written in. Every one has right derivatives of the
 * first and of the second order on every backend, by every floating-point operand; a number among the operands is a
 * constant. Shapes broadcast as in NumPy; values are float32 unless it says otherwise.
 */
export * from './ops/arithmetic.js';
export * from './ops/elementwise.js';
export * from './ops/comparison.js';
export * from './ops/reduction.js';
export * from './ops/linear.js';
export * from './ops/shape.js';
