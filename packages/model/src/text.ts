/** What is found in a document's text: mentions, the entities they name, fingerprints. */
import type { EntityId } from './ids.ts';

/** What kind of thing a mention names. */
export type MentionType = 'PER' | 'ORG' | 'LOC' | 'MISC' | 'DATE' | 'TIME' | 'MONEY' | 'PERCENT' | 'QUANTITY';

/** The types that become entities. */
export const ENTITY_TYPES = ['PER', 'ORG', 'LOC', 'MISC'] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

/** A span of a text that names something. Offsets are UTF-16 code units of the text, end exclusive. */
export type Mention = {
  start: number;
  end: number;
  text: string;
  type: MentionType;
  /** Normalised value of a DATE, MONEY, ... (`2015-04-13`, `VND 5000000`). */
  value?: string;
};

/** A mention with the entity it names. DATE, MONEY and their like have none. */
export type LinkedMention = Mention & { entityId: EntityId | null };

/** A person, organisation, place or other named thing, as far as one document shows it. */
export type EntityRef = {
  id: EntityId;
  type: EntityType;
  /** The form shown to people: the fullest one seen. */
  name: string;
  /** The folded key the id is made of. */
  key: string;
};
