import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { describeLosses } from '../../src/losses/describe-losses.js';
import { builtinLosses } from '../../src/losses/registry.js';

it('docs/losses.md describes the losses as they are', () => {
  const text = readFileSync(fileURLToPath(new URL('../../docs/losses.md', import.meta.url)), 'utf8');
  expect(text.endsWith(describeLosses(builtinLosses))).toBe(true);
});
