import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/core/json.js';
import { UserError } from '../../src/core/errors.js';
import { builtinSamplers } from '../../src/search/registry.js';
import { parseSpace } from '../../src/space/parse-space.js';
import { runSearch } from './support/run.js';
import { anyObjective, worksOn } from './support/scenario.js';

const folder = fileURLToPath(new URL('../../search-spaces/', import.meta.url));
const spaces = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => [file, parseSpace(readFileSync(`${folder}/${file}`, 'utf8'), file)] as const);

describe.each(builtinSamplers.members.map((sampler) => [sampler.name, sampler] as const))(
  '%s',
  (_name, sampler) => {
    it.each(spaces)('builds candidates of %s, or says why not', (file, space) => {
      if (!worksOn(sampler, space)) {
        expect(() => sampler.check(space, sampler.schema.parse({}))).toThrow(UserError);
        return;
      }
      const run = runSearch({ sampler, space, seed: file, trials: 40, objective: anyObjective });
      for (const { assignment } of run) {
        const active = space.entries.filter((entry) => space.isActive(entry, assignment));
        expect(Object.keys(assignment)).toEqual(active.map(({ name }) => name));
        expect(JSON.parse(canonicalJson(space.build(assignment)))).toHaveProperty('loss');
        // What was proposed is a value of the space, to the last digit.
        expect(space.decode(space.encode(assignment))).toEqual(assignment);
      }
      const next = sampler.propose({
        options: sampler.schema.parse({}) as never,
        space: parseSpace(readFileSync(`${folder}/${file}`, 'utf8'), file),
        seed: file,
        history: JSON.parse(JSON.stringify(run).replaceAll('"value":null', '"value":1e999')) as typeof run,
        wave: run.at(-1)!.wave + 1,
        firstTrial: run.length,
        count: 4,
      });
      const here = sampler.propose({
        options: sampler.schema.parse({}) as never,
        space,
        seed: file,
        history: run,
        wave: run.at(-1)!.wave + 1,
        firstTrial: run.length,
        count: 4,
      });
      expect(next).toEqual(here);
    });
  },
);
