/** Resolves the mentions of one document to entities. */
import type { EntityId, EntityRef, EntityType, LinkedMention, Mention } from '@newsloom/model';
import { isAcronym } from './acronyms.ts';
import { entityId } from './id.ts';
import { type Item, type LinkDocument, readItems } from './items.ts';
import { agreeOnType, joinBrackets, joinPeople, joinShortForms, placeBodies } from './joins.ts';
import { entityKey } from './key.ts';
import { fullestName, shownName } from './name.ts';
import { isVietnameseName, personWords } from './people.ts';
import { type FoundRole, rolesIn } from './roles.ts';
import { canBeSameAge, saidAfter } from './said.ts';
import { isMarked, joined, sameSpelling, wordsOf } from './words.ts';

/** A name already known to mean an entity. */
export type Alias = {
  name: string;
  entityId: EntityId;
  /** The entity's own key. */
  key: string;
  /** Language of the text the name was read in: Vietnamese texts write diacritics, so there `Thanh` is not `Thành`. */
  lang: string | null;
  /** Year of birth, where the text says it or the age: it keeps people of one name apart. */
  born?: number | null;
  /** The person was named with an age or a home, as people without an office are. */
  private?: boolean;
  /** Other entities of the documents the name was read in, countries left out. */
  context?: readonly EntityId[];
  /** A person decided it, or an import brought it; absent for what a document taught. */
  source?: 'person' | 'import' | 'document' | 'shipped';
  /** 0 to 1; absent for what a document taught. */
  confidence?: number;
};

/** An alias with the type and key it is to be found under. */
export type LearnedAlias = Alias & { type: EntityType; under: string };

/** The names known under a type and key: from earlier documents, a person's decisions or an import; oldest first. */
export type AliasLookup = (type: EntityType, key: string) => readonly Alias[];

/** The result of linking one document. */
export type LinkedDocument = {
  /** The document's mentions in the order given. */
  mentions: LinkedMention[];
  /** The entities they name, in order of first mention, each with its fullest name. */
  entities: EntityRef[];
  /** What the document teaches: names to hand in as aliases with later documents. */
  aliases: LearnedAlias[];
  /** What it says its persons are. */
  roles: LinkedRole[];
  /** Bodies and countries that only a role names: `Bộ trưởng Công an` names the ministry. */
  bodies: EntityRef[];
};

/** An office that a document says a person has. */
export type LinkedRole = Pick<FoundRole, 'office' | 'role' | 'field' | 'start'> & {
  entityId: EntityId;
  bodyId: EntityId | null;
};

/** Letters an acronym must have to be taken for the same thing in other documents: two letters stand for too much. */
const TELLING_ACRONYM = 3;
/** Entities kept as a name's surroundings. */
const MOST_CONTEXT = 20;
/** A name that one document taught is this sure: what an import or a person says counts more. */
const TAUGHT = 0.6;
/** A lone family or given name stands for one person everywhere only where somebody is this sure of it. */
const SURE = 0.8;

/** A document read as far as it goes by itself. */
export type Linking = {
  /** The types and keys under which names known already would matter. */
  asks: { type: EntityType; key: string }[];
  /** Links the mentions, with the names known under `asks`. */
  link(aliases?: AliasLookup): LinkedDocument;
};

/**
 * Links every PER, ORG, LOC and MISC mention to an entity; the others get `entityId: null`. Without `aliases` the result
 * depends on the document alone, so separate processes agree; with it, names already known decide between homonyms.
 */
export function linkMentions(document: LinkDocument, aliases?: AliasLookup): LinkedDocument {
  return openLinking(document).link(aliases);
}

/** Reads a document's names, for whoever has to fetch the aliases they need before linking them. */
export function openLinking(document: LinkDocument): Linking {
  const roles = rolesIn(document);
  // What only a role names is linked like a mention, and counted as none.
  const unsaid = roles.flatMap(({ body }) => (body !== null && typeof body === 'object' ? [body] : []));
  const items = readItems(document, unsaid);
  joinBrackets(document.text, items);
  placeBodies(document, items);
  joinShortForms(items);
  joinPeople(document, items);
  agreeOnType(items);
  const groups = groupsOf(document, items);
  const asks = groups
    .filter(({ members }) => !members.some((item) => item.name.known))
    .map(({ type, ask }) => ({ type, key: ask }));
  return {
    asks,
    link: (aliases) => {
      const linked = linkGroups(document, groups, unsaid, aliases);
      return { ...linked, roles: linkRoles(roles, linked, document.mentions.length, unsaid, groups) };
    },
  };
}

function linkGroups(
  document: LinkDocument,
  groups: readonly Group[],
  unsaid: readonly Mention[],
  aliases: AliasLookup | undefined,
): LinkedDocument {
  const said = document.mentions.length;
  const linked: LinkedDocument = {
    mentions: [...document.mentions, ...unsaid].map((mention) => ({ ...mention, entityId: null })),
    entities: [],
    aliases: [],
    roles: [],
    bodies: [],
  };
  const taken = new Set<EntityId>();
  const surroundings = groups
    .filter(({ local, base }) => !local && !base.startsWith('country/'))
    .map((group) => ({ group, id: entityId(group.type, group.base) }));
  for (const group of groups) {
    const others = group.spelled && group.type === 'PER' ? surroundings.filter((other) => other.group !== group) : [];
    const context = others.map((other) => other.id);
    const entity = identify(group, document.lang, context, taken, aliases);
    taken.add(entity.id);
    for (const item of group.members) (linked.mentions[item.index] as LinkedMention).entityId = entity.id;
    if (group.members.every((item) => item.index >= said)) {
      linked.bodies.push(entity);
      continue;
    }
    linked.entities.push(entity);
    linked.aliases.push(...learn(group, entity, document.lang, context.slice(0, MOST_CONTEXT)));
  }
  return linked;
}

/** The roles with the entities of their persons and bodies; takes the names that only roles name off the mentions. */
function linkRoles(
  roles: readonly FoundRole[],
  linked: LinkedDocument,
  said: number,
  unsaid: readonly Mention[],
  groups: readonly Group[],
): LinkedRole[] {
  const entityAt = (index: number): EntityId | null => linked.mentions[index]?.entityId ?? null;
  const bodyOf = ({ body }: FoundRole): EntityId | null => {
    if (body === null) return null;
    return entityAt(typeof body === 'number' ? body : said + unsaid.indexOf(body));
  };
  const vague = new Set(groups.flatMap(({ members }) => members.filter(isVague).map((item) => entityAt(item.index))));
  const local = new Set(
    groups.filter((group) => group.local).flatMap((group) => group.members.map((item) => item.index)),
  );
  const known = roles.flatMap((it): LinkedRole[] => {
    const id = entityAt(it.person);
    // Somebody known by a given name only is nobody outside this document.
    if (id === null || local.has(it.person)) return [];
    const { office, role, field, start } = it;
    const bodyId = bodyOf(it);
    return [
      {
        office,
        role,
        field,
        start,
        entityId: id,
        bodyId: vague.has(bodyId) || isDoubtful(it, linked, bodyId) ? null : bodyId,
      },
    ];
  });
  linked.mentions.length = said;
  return known;
}

/**
 * A ministry that the text does not name, taken for Viet Nam's because that is what the text is about, whose minister's name
 * is not Vietnamese: it may be a guest's.
 */
function isDoubtful(
  { body, person }: FoundRole,
  { bodies, mentions }: LinkedDocument,
  bodyId: EntityId | null,
): boolean {
  if (body === null || typeof body === 'number' || bodyId === null) return false;
  const key = bodies.find(({ id }) => id === bodyId)?.key;
  if (!key?.endsWith(':vn') || /vi[eệ]t/iu.test(body.text)) return false;
  return !isVietnameseName(personWords(mentions[person]?.text ?? '').map((word) => word.folded));
}

/** A body of a state that the document does not name. */
function isVague({ key, name }: Item): boolean {
  return name.needsCountry && key === name.body;
}

/** Items that name one entity. */
type Group = {
  members: Item[];
  type: EntityType;
  /** The key before names spelled differently are told apart. */
  base: string;
  /** The key under which names known already are looked up. */
  ask: string;
  /** The fullest form, in which the spelling is read. */
  form: string;
  /** Names that fold alike are told apart by their spelling: those of people and places the tables do not know. */
  spelled: boolean;
  local: boolean;
  /** Year of birth said with one of the names. */
  born: number | null;
  private: boolean;
};

const UNSAID = { born: null, private: false };

function groupsOf({ id, lang, text, date }: LinkDocument, items: readonly Item[]): Group[] {
  const byBase = new Map<string, Group[]>();
  for (const item of items) {
    const base = item.local ? `${item.key}@${id}` : item.key;
    const form = item.mention.text;
    const spelled = (item.type === 'PER' || item.type === 'LOC') && !item.name.known && !item.local;
    const said = item.type === 'PER' ? saidAfter(text, item.mention.end, date) : UNSAID;
    const groups = byBase.get(`${item.type}|${base}`) ?? [];
    const group = groups.find((other) => !spelled || sameName(other.form, form, lang === 'vi'));
    if (group) {
      group.members.push(item);
      group.form = fullestName([group.form, form]);
      group.born ??= said.born;
      group.private ||= said.private;
    } else
      groups.push({ members: [item], type: item.type, base, ask: item.key, form, spelled, local: item.local, ...said });
    byBase.set(`${item.type}|${base}`, groups);
  }
  return [...byBase.values()].flat().sort((a, b) => startOf(a) - startOf(b));
}

function startOf(group: Group): number {
  return (group.members[0] as Item).mention.start;
}

/** Whether two forms with one key can be one name: where they have the same words, each is spelled alike. */
function sameName(a: string, b: string, strict: boolean): boolean {
  if (a === b) return true;
  const left = wordsOf(a);
  const right = wordsOf(b);
  if (left.length !== right.length || joined(left, ' ') !== joined(right, ' ')) return true;
  const bothMarked = strict && left.some(isMarked) && right.some(isMarked);
  return left.every((word, i) => sameSpelling(word.exact, right[i]?.exact as string, bothMarked));
}

/** The entity of a group: one already known under its key and spelling, or the key's own, or one for this spelling. */
function identify(
  group: Group,
  lang: string | null,
  context: readonly EntityId[],
  taken: ReadonlySet<EntityId>,
  aliases: AliasLookup | undefined,
): EntityRef {
  const { type, base, form } = group;
  const name = shownName(type, base) ?? form;
  const known = [...(aliases?.(type, group.ask) ?? [])].sort((a, b) => sureness(b) - sureness(a));
  const own = { id: entityId(type, base), type, name, key: base };
  if (group.local) {
    const sure = unanimous(known.filter((alias) => sureness(alias) >= SURE));
    return sure && !taken.has(sure.entityId) ? { ...own, id: sure.entityId, key: sure.key } : own;
  }
  if (!group.spelled) {
    const best = unanimous(known.filter((alias) => sureness(alias) === sureness(known[0] as Alias)));
    return best ? { ...own, id: best.entityId, key: best.key } : own;
  }
  const fits = (alias: Alias): boolean =>
    canBeSameAge(alias.born, group.born) && sameName(alias.name, form, lang === 'vi' && alias.lang === 'vi');
  // A private person is the one of the same name only in the same surroundings.
  const placed = (aliases: readonly Alias[]): boolean =>
    !(group.private || aliases.some((alias) => alias.private)) ||
    aliases.some((alias) => !alias.context || alias.context.length === 0 || shared(alias, context) > 0);
  // All that is known of an entity must fit: a spelling without diacritics fits everybody.
  const matches = known.filter(({ entityId: id }) => {
    const own = known.filter((alias) => alias.entityId === id);
    return !taken.has(id) && own.every(fits) && (type !== 'PER' || context.length === 0 || placed(own));
  });
  // Of several the one that is met in the same surroundings most; else the surest, else the oldest.
  const most = Math.max(...matches.map((alias) => shared(alias, context)));
  const match = matches.find((alias) => shared(alias, context) === most);
  if (match) return { ...own, id: match.entityId, key: match.key };
  if (known.length === 0 && !taken.has(own.id)) return own;
  const spelling = wordsOf(form).map((word) => word.exact);
  const key = `${base}~${spelling.join(' ')}${group.born === null ? '' : ` ${group.born}`}`;
  return { ...own, id: entityId(type, key), key };
}

function sureness({ confidence }: Alias): number {
  return confidence ?? TAUGHT;
}

/** The alias of the one entity that all of these mean; null where they mean several, or there are none. */
function unanimous(aliases: readonly Alias[]): Alias | null {
  const [first] = aliases;
  return first && aliases.every((alias) => alias.entityId === first.entityId) ? first : null;
}

function shared(alias: Alias, context: readonly EntityId[]): number {
  return alias.context?.filter((id) => context.includes(id)).length ?? 0;
}

/** The names a document teaches: the entity's fullest, and an acronym that is explained. */
function learn(group: Group, entity: EntityRef, lang: string | null, context: readonly EntityId[]): LearnedAlias[] {
  if (group.local) return [];
  const { type, born } = group;
  const person = type === 'PER' ? { born, private: group.private, context } : {};
  const alias = { entityId: entity.id, key: entity.key, lang, type, ...person };
  const learned: LearnedAlias[] = [{ ...alias, name: group.form, under: group.base }];
  for (const { mention } of group.members) {
    if (group.type !== 'ORG' || !isAcronym(mention.text) || mention.text.length < TELLING_ACRONYM) continue;
    const { key, known } = entityKey('ORG', mention.text, lang);
    if (known || key === group.base || learned.some((other) => other.under === key)) continue;
    learned.push({ ...alias, name: mention.text, under: key });
  }
  return learned;
}
