import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseCandidate } from '../../src/candidate/parse-candidate.js';
import { stream } from '../../src/core/random.js';
import type { Loss } from '../../src/losses/loss.js';
import { builtinLosses } from '../../src/losses/registry.js';
import type { Head } from '../../src/problem/head.js';
import { builtinSchedules } from '../../src/schedules/registry.js';
import { parseSpace } from '../../src/space/parse-space.js';
import { spaceJsonSchema } from '../../src/space/space-schema.js';
import { checkCandidate } from '../../src/trial/check-candidate.js';

const folder = fileURLToPath(new URL('../../search-spaces/', import.meta.url));
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));

const binary: Head = { name: 'class', kind: 'binary', outputs: 1 };
const multiclass: Head = { name: 'class', kind: 'multiclass', outputs: 4 };
const regression: Head = { name: 'value', kind: 'regression', outputs: 1 };

/** The tasks that a space is meant for, by their heads. */
const heads: Readonly<Record<string, readonly (readonly Head[])[]>> = {
  'multi-task-weights': [
    [binary, regression],
    [multiclass, regression],
  ],
  'robust-regression': [[regression]],
};

it('there are ready-made spaces', () => {
  expect(files).toEqual([
    'classification-families.yaml',
    'curriculum.yaml',
    'focal-gamma.yaml',
    'loss-mixture.yaml',
    'multi-task-weights.yaml',
    'noise-robust.yaml',
    'robust-regression.yaml',
    'symbolic.yaml',
  ]);
});

describe.each(files)('%s', (file) => {
  const text = readFileSync(`${folder}${file}`, 'utf8');
  const space = parseSpace(text, file);

  it('is named as its file, says what it is, and names its schema for editors', () => {
    expect(`${space.name}.yaml`).toBe(file);
    expect(text).toMatch(/^# yaml-language-server: \$schema=space\.schema\.json\n/);
    expect(text).toMatch(/^description: \S.+$/m);
  });

  it('builds candidates whose losses, parameters, ranges and schedules exist, for the tasks it is meant for', () => {
    const random = stream('ready-made', file);
    const points = [0, 0.5, 1].map((u) => Array.from({ length: space.dimensions }, () => u));
    for (let draw = 0; draw < 200; draw++) {
      points.push(Array.from({ length: space.dimensions }, () => random.uniform()));
    }
    for (const point of points) {
      const candidate = parseCandidate(space.build(space.decode(point)));
      for (const task of heads[space.name] ?? [[binary], [multiclass]]) {
        checkCandidate(candidate, task, { losses: builtinLosses, schedules: builtinSchedules });
      }
    }
  });

  it('has all its choices within reach', () => {
    const random = stream('ready-made-choices', file);
    const seen = new Map<string, Set<unknown>>();
    for (let draw = 0; draw < 2000; draw++) {
      const point = Array.from({ length: space.dimensions }, () => random.uniform());
      for (const [name, value] of Object.entries(space.decode(point))) {
        seen.set(name, (seen.get(name) ?? new Set()).add(value));
      }
    }
    for (const entry of space.entries) {
      if (entry.choices === undefined) expect(seen.has(entry.name)).toBe(true);
      else expect(seen.get(entry.name)?.size).toBe(entry.choices.length);
    }
  });
});

describe('classification-families', () => {
  /** Losses for classification that the space leaves out, and why. */
  const exceptions: Readonly<Record<string, (loss: Loss) => boolean>> = {
    'class-weighted-cross-entropy': ({ parameters }) => parameters.some(({ shape }) => shape === 'class'),
    'asymmetric-single-label': ({ perSample }) => perSample.binary === undefined,
    symbolic: ({ options = [] }) => options.some((option) => 'read' in option),
  };
  const text = readFileSync(`${folder}classification-families.yaml`, 'utf8');

  it('offers every loss that serves classes, but for those that its description names', () => {
    const space = parseSpace(text, 'f');
    const offered = space.entries.find((entry) => entry.name === 'family')?.choices ?? [];
    const serving = builtinLosses.members.filter(
      ({ perSample }) => perSample.binary !== undefined || perSample.multiclass !== undefined,
    );
    expect([...offered.map(String), ...Object.keys(exceptions)].sort()).toEqual(
      serving.map(({ name }) => name).sort(),
    );
  });

  it.each(Object.entries(exceptions))('leaves out %s for a reason that holds', (name, reason) => {
    expect(reason(builtinLosses.get(name))).toBe(true);
    expect(/^description: >-\n(?: {2}.*\n)+/m.exec(text)![0]).toContain(name);
  });
});

it('the committed JSON Schema is the current one', () => {
  const committed: unknown = JSON.parse(readFileSync(`${folder}space.schema.json`, 'utf8'));
  expect(committed).toEqual(spaceJsonSchema());
});
