import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const { nodeProblem } = createRequire(import.meta.url)('../../scripts/node-version.cjs') as {
  nodeProblem: (version: string) => string | undefined;
};

it.each(['12.22.12', '18.20.4', '20.0.0', '20.18.3'])('refuses Node %s in one line', (version) => {
  expect(nodeProblem(version)).toBe(`lossmith: Node ${version} is too old; expected 20.19 or later`);
});

it.each(['20.19.0', '20.20.2', '22.0.0', '24.11.1', process.versions.node])('takes Node %s', (version) => {
  expect(nodeProblem(version)).toBeUndefined();
});

it('refuses exactly the versions below 20.19', () => {
  const part = fc.integer({ min: 0, max: 60 });
  fc.assert(
    fc.property(part, part, part, (major, minor, patch) => {
      const old = major * 1000 + minor < 20_019;
      expect(nodeProblem(`${major}.${minor}.${patch}`) !== undefined).toBe(old);
    }),
  );
});
