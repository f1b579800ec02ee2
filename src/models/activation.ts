import { z } from 'zod';
import { ops, type Tensor } from '../tensor/index.js';

/** Names of the activations that a model may use between its layers. */
export const ACTIVATIONS = ['relu', 'tanh', 'elu', 'sigmoid', 'softplus'] as const;
export type ActivationName = (typeof ACTIVATIONS)[number];

/** Option `activation` of every model; default `relu`. */
export const activationSchema = z.enum(ACTIVATIONS).default('relu');

const FUNCTIONS: Readonly<Record<ActivationName, (x: Tensor) => Tensor>> = {
  relu: ops.relu,
  tanh: ops.tanh,
  elu: ops.elu,
  sigmoid: ops.sigmoid,
  softplus: ops.softplus,
};

/** Applies an activation elementwise. */
export const activate = (name: ActivationName, x: Tensor): Tensor => FUNCTIONS[name](x);

/** Activations that keep about half of the variance of their input, which He initialisation makes up for. */
const RECTIFIERS: readonly ActivationName[] = ['relu', 'elu', 'softplus'];

export const isRectifier = (name: ActivationName): boolean => RECTIFIERS.includes(name);
