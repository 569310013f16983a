import type * as z from 'zod/mini';
import type { $ZodType, $ZodTypes } from 'zod/v4/core';

/**
 * True if a value certainly has the form that a schema asks for. It takes a small part of the time that zod takes, which
 * makes a copy of what it accepts; zod is needed to say what is wrong.
 *
 * @returns false if the value does not fit, or if that is for zod to tell.
 */
export function fits(schema: z.ZodMiniType, value: unknown): boolean {
  return isOf(schema, value);
}

function isOf(schema: $ZodType, value: unknown): boolean {
  const { def } = (schema as $ZodTypes)._zod;
  if (def.checks && def.checks.length > 0) return (schema as z.ZodMiniType).safeParse(value).success;
  switch (def.type) {
    case 'string':
    case 'boolean':
      return typeof value === def.type;
    case 'number':
      return Number.isFinite(value);
    case 'unknown':
      return true;
    case 'optional':
      return value === undefined || isOf(def.innerType, value);
    case 'nullable':
      return value === null || isOf(def.innerType, value);
    case 'union':
      for (const option of def.options) if (isOf(option, value)) return true;
      return false;
    case 'array':
      if (!Array.isArray(value)) return false;
      for (const item of value) if (!isOf(def.element, item)) return false;
      return true;
    case 'record':
      if (def.keyType._zod.def.type !== 'string' || !isPlainObject(value)) return false;
      for (const key of Object.keys(value)) if (!isOf(def.valueType, value[key])) return false;
      return true;
    case 'object':
      if (def.catchall?._zod.def.type !== 'unknown' || !isPlainObject(value)) return false;
      for (const key of Object.keys(value)) {
        if (Object.hasOwn(def.shape, key) && !isOf(def.shape[key]!, value[key])) return false;
      }
      return requiredOf(def.shape).every((key) => Object.hasOwn(value, key));
    case 'lazy':
      return isOf(def.getter(), value);
    default:
      return false;
  }
}

/** The keys that each shape of a mapping wants there to be. */
const required = new Map<object, readonly string[]>();

function requiredOf(shape: Readonly<Record<string, $ZodType>>): readonly string[] {
  let keys = required.get(shape);
  if (!keys) {
    keys = Object.keys(shape).filter((key) => !isOf(shape[key]!, undefined));
    required.set(shape, keys);
  }
  return keys;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
