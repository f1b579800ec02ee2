/** The optional package that brings the backend `tensorflow`. */
export const TFJS_NODE = '@tensorflow/tfjs-node';

const AGAIN = `\`npm rebuild ${TFJS_NODE}\``;

/**
 * Why a backend did not load, in one line. npm leaves @tensorflow/tfjs-node half installed where a download failed or
 * install scripts are off; the package's own words for that are paths and stacks.
 */
export function loadFailure(error: unknown): string {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  const text = String(message ?? error);
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
    const missing = /Cannot find (?:package|module) '([^']*)'/.exec(text)?.[1];
    if (missing === TFJS_NODE) return `the optional package ${TFJS_NODE} is not installed`;
    if (text.includes(TFJS_NODE))
      return `${TFJS_NODE} is half installed; \`npm install\` again (no ${missing})`;
  }
  if (text.includes('native addon module (tfjs_binding.node) can not be found')) {
    return `${TFJS_NODE} came without its native library; ${AGAIN} downloads it`;
  }
  if (code === 'ERR_DLOPEN_FAILED') {
    return `the native library of ${TFJS_NODE} is broken; try ${AGAIN} (${oneLine(text)})`;
  }
  return oneLine(text);
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 200);
