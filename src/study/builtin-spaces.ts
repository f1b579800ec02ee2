import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { byText } from '../core/order.js';

const FOLDER = new URL('../../search-spaces/', import.meta.url);

/** Names of the ready-made spaces in search-spaces/. */
export function builtinSpaceNames(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort(byText);
}

/** Text of a ready-made space, or undefined where there is none of that name. */
export function readBuiltinSpace(name: string): string | undefined {
  if (!/^[a-z0-9-]+$/.test(name)) return undefined;
  const file = fileURLToPath(new URL(`${name}.yaml`, FOLDER));
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
