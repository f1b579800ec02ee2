import type { z } from 'zod';

/**
 * The keys that a schema allows in the map at `path`. Where the schema branches, only the branches whose literal
 * keys (such as `type: float`) agree with the value count. Empty where the schema does not say.
 */
export function keysAt(schema: z.core.$ZodType, value: unknown, path: readonly PropertyKey[]): string[] {
  let schemas = objectsAndContainers(schema, value);
  let current = value;
  for (const key of path) {
    current = child(current, key);
    schemas = schemas.flatMap((one) => step(one, key).flatMap((next) => objectsAndContainers(next, current)));
  }
  const keys = schemas.flatMap((one) => {
    const { def } = (one as z.core.$ZodTypes)._zod;
    return def.type === 'object' ? Object.keys(def.shape) : [];
  });
  return [...new Set(keys)];
}

/** The value under a key of a map or list; undefined where there is none. */
export function child(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<PropertyKey, unknown>)[key];
}

/** Opens wrappers and unions until something with children is met. */
function objectsAndContainers(schema: z.core.$ZodType, value: unknown): z.core.$ZodType[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'catch':
    case 'readonly':
      return objectsAndContainers(def.innerType, value);
    case 'lazy':
      return objectsAndContainers(def.getter(), value);
    case 'pipe':
      return objectsAndContainers(def.in, value);
    case 'intersection':
      return [...objectsAndContainers(def.left, value), ...objectsAndContainers(def.right, value)];
    case 'union':
      return def.options
        .flatMap((option) => objectsAndContainers(option, value))
        .filter((option) => agrees(option, value));
    default:
      return [schema];
  }
}

/** False where a literal key of an object schema contradicts the value. */
function agrees(schema: z.core.$ZodType, value: unknown): boolean {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type !== 'object') return true;
  return Object.entries(def.shape).every(([key, entry]) => {
    const literal = (entry as z.core.$ZodTypes)._zod.def;
    const found = child(value, key);
    return literal.type !== 'literal' || found === undefined || literal.values.some((one) => one === found);
  });
}

function step(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object': {
      const entry = child(def.shape, key);
      if (entry !== undefined) return [entry as z.core.$ZodType];
      return def.catchall === undefined ? [] : [def.catchall];
    }
    case 'record':
      return [def.valueType];
    case 'array':
      return [def.element];
    case 'tuple': {
      const item = def.items[Number(key)] ?? def.rest;
      return item === null || item === undefined ? [] : [item];
    }
    default:
      return [];
  }
}
