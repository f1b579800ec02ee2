import * as tf from '@tensorflow/tfjs-core';

export const BACKENDS = ['tensorflow', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];
/** `auto`: the first of {@link BACKENDS} that loads. */
export type BackendChoice = BackendName | 'auto';

export interface BackendInfo {
  readonly name: BackendName;
  /** Version of TensorFlow.js. */
  readonly version: string;
}

/** Loads and selects a backend. */
export async function useBackend(choice: BackendChoice): Promise<BackendInfo> {
  const name: BackendName = choice === 'cpu' ? 'cpu' : 'wasm';
  await (name === 'cpu' ? import('@tensorflow/tfjs-backend-cpu') : import('@tensorflow/tfjs-backend-wasm'));
  await tf.setBackend(name);
  await tf.ready();
  return { name, version: tf.version_core };
}

export const currentBackend = (): string => tf.getBackend();
