import { messageOf, missingModule, oneLine } from '../core/load-problem.js';

/** The optional package that brings the backend `tensorflow`. */
export const TFJS_NODE = '@tensorflow/tfjs-node';

const AGAIN = `\`npm rebuild ${TFJS_NODE}\``;

/**
 * Why a backend did not load, in one line. npm leaves @tensorflow/tfjs-node half installed where a download failed or
 * install scripts are off; the package's own words for that are paths and stacks.
 */
export function loadFailure(error: unknown): string {
  const text = messageOf(error);
  const missing = missingModule(error);
  if (missing === TFJS_NODE) return `the optional package ${TFJS_NODE} is not installed`;
  if (missing !== undefined && text.includes(TFJS_NODE)) {
    return `${TFJS_NODE} is half installed; \`npm install\` again (no ${missing})`;
  }
  if (text.includes('native addon module (tfjs_binding.node) can not be found')) {
    return `${TFJS_NODE} came without its native library; ${AGAIN} downloads it`;
  }
  if ((error as { readonly code?: unknown }).code === 'ERR_DLOPEN_FAILED') {
    return `the native library of ${TFJS_NODE} is broken; try ${AGAIN} (${oneLine(text)})`;
  }
  return oneLine(text);
}
