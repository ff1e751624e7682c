/** Entity ids: the same type and key give the same id in every process. */
import { createHash } from 'node:crypto';
import type { EntityId, EntityType } from '@newsloom/model';
import { remember } from './memo.ts';

/** Hexadecimal digits of SHA-256 kept in an id: 96 bits, so ten million entities collide with a chance under 1e-14. */
const ID_DIGITS = 24;

const idOf = remember((typeAndKey) => `e${createHash('sha256').update(typeAndKey).digest('hex').slice(0, ID_DIGITS)}`);

/** The id of the entity with this type and key: `e` and 24 hexadecimal digits. */
export function entityId(type: EntityType, key: string): EntityId {
  return idOf(`${type}|${key}`) as EntityId;
}
