import type * as Runtime from 'onnxruntime-node';
import { messageOf, oneLine } from '../../core/load-problem.js';

/**
 * ONNX Runtime, loaded when it is first needed: start-up does not wait for its library. Its telemetry (an upload of
 * events and a device id, on by default since version 1.29) is off unless the user switched it: the variable is read
 * once, when the library starts.
 */
export function loadRuntime(): Promise<typeof Runtime> {
  process.env['ORT_DISABLE_TELEMETRY'] ??= '1';
  return import('onnxruntime-node');
}

/** Why the runtime does not load on this machine, in one line; undefined where it does. */
export async function runtimeProblem(): Promise<string | undefined> {
  try {
    await loadRuntime();
    return undefined;
  } catch (error) {
    return `onnxruntime-node does not load: ${oneLine(messageOf(error))}`;
  }
}
