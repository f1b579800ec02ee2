import { readFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { hashJson, sha256 } from '../core/json.js';
import { isFile } from '../core/path-kind.js';

/** A relative file that a module names in `import … from`, `export … from`, `import(…)` or `require(…)`. */
const RELATIVE = /\b(?:from|import|require)\s*\(?\s*(['"])(\.{1,2}\/[^'"\n]+)\1/g;

/** TypeScript writes the name of the file that it becomes. */
const SOURCES: Readonly<Record<string, string>> = { '.js': '.ts', '.mjs': '.mts', '.cjs': '.cts' };

/**
 * Hash of the texts of the user's modules and of all files that they import by relative paths, with where these lie
 * from the first module: part of the experiment's hash. Packages that they import are not in it.
 * @param files absolute paths of files that exist
 */
export function hashUserModules(files: readonly string[]): string {
  const texts = new Map<string, string>();
  const pending = [...files];
  for (let file = pending.shift(); file !== undefined; file = pending.shift()) {
    if (texts.has(file)) continue;
    const text = readFileSync(file, 'utf8');
    texts.set(file, text);
    pending.push(...importsOf(file, text));
  }
  const base = files[0] === undefined ? '' : dirname(files[0]);
  return hashJson(
    [...texts].map(([file, text]) => [relative(base, file).replaceAll(sep, '/'), sha256(text)]),
  );
}

/** What cannot be found is left to the import, which says so. */
function importsOf(file: string, text: string): readonly string[] {
  return [...text.matchAll(RELATIVE)].flatMap(([, , name]) => {
    const path = resolve(dirname(file), name!);
    const spellings = Object.entries(SOURCES).flatMap(([made, source]) =>
      path.endsWith(made) ? [`${path.slice(0, -made.length)}${source}`] : [],
    );
    return [path, ...spellings, `${path}.ts`, `${path}.js`].find(isFile) ?? [];
  });
}
