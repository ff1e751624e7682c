/** Cleans and splits texts that name people: prefixes, roles, handles and dates come off, agencies are told apart. */
import { keyOf, oneLine, unescapeOnce } from '../words.ts';

const AGENCIES =
  /^(?:ttxvn|vna|vna\/cvn|afp|reuters|dpa|ap|associated press|the associated press|apa|sda|keystone-sda|ats|belga|anp|efe|agencia efe|ansa|tass|тасс|interfax|интерфакс|риа новости|ria novosti|укринформ|xinhua|新华社|新華社|kyodo|共同通信|時事通信|jiji|jiji press|yonhap|연합뉴스|pap|ctk|čtk|mti|ntb|ritzau|stt|lusa|agência brasil|europa press|bernama|antara|anadolu(?: ajansı| agency)?|dha|iha|pti|ians|press association|pa media|epd|kna|sid|dpa-afx|afx|deutsche presse-agentur)(?:\b|$)/iu;
const NOT_A_PERSON =
  /^(?:admin|administrator|editors?|editorial|redaktion|online-redaktion|redaction|rédaction|la rédaction|redacción|redacao|redação|redazione|redactie|redakcja|редакция|редакція|staff|news desk|newsroom|webmaster|guest|anonymous|anonym|team|authors?|autor(?:en|in)?|auteur|user|root|desk|contributors?|unknown|none|null|undefined|no author|name|von|by|and|und|sponsored|press release|pressemitteilung|ban biên tập|tòa soạn|pv|phóng viên|tổng hợp|theo|haber merkezi|tim redaksi|記者|编辑|編集部|nachrichten|news|people|kontakt|login|folgen|see all|read more|follow|see more|mehr|profil|mein profil|kommentar|default|sagt?|says?|name|datum|antworten|immutable page|log out|your account|ph\.?d\.?|m\.?d\.?|r\.?d\.?n?|dvm|mba|m\.?sc\.?|b\.?sc\.?|ma|rn|esq\.?|jr\.?|reviewed by|mr|mrs|dr|(?:co-?)?founder|owner|(?:expert )?reviewer|bio|biography|leadership|profile)$/iu;
const PREFIX =
  /^(?:(?:post author|written|posted|published|reported|reviewed|photos?|photography|words|story|text(?: und interview)?|article|interview|submitted|authored|edited|compiled|eingestellt|erstellt|geprüft|gepostet|veröffentlicht|ein beitrag|eine analyse|ein kommentar|ein interview|ein gastbeitrag|eine kolumne|kommentar|artikel|propos recueillis|texte|escribe|escrito|publicado|testo|texto|a cura|geschrieben|verfasst|autor(?:en|in|es|a)?|autore|authors?|auteur[s]?|автор[ы]?|tác giả|bài|yazar|penulis|reporter|more (?:stories|articles|posts) (?:by|from)|alles von|alle (?:artikel|beiträge) von|view all posts|文|記者|作者|撰文)\s*[:/]?\s+)?(?:(?:by|von|par|por|di|da|de|door|av|af|przez|oleh|theo|от)\s*:?\s+)?/iu;
const GLUED_BY = /^By(?=\p{Lu}[\p{Ll}.])/u;
const ROLE_TAIL =
  /\s*(?:,\s*|\s+[-–—|•·(]\s*|\s+(?:is|ist|est|es)\s+(?:a|an|ein|eine|un|une)\s+|\s+)(?:(?:senior|chief|staff|political|deputy|managing|associate|contributing|special|business|sports|science|health|foreign|national|assistant|digital|lead|news|guest|freelance|former|investigative|executive|founding)\s+)*(?:reporter|editor(?:[- ]in[- ]chief)?|writer|journalist|journaliste|correspondent|columnist|redakteur(?:in)?|redaktor(?:in)?|korrespondent(?:in)?|chefredakteur(?:in)?|contributor|producer|photographer|기자|記者|ph\.?d\.?|m\.?d\.?)(?!\p{L}).*$/iu;
const TRAILER =
  /\s*(?:[,|•·]\s*)?(?<!\p{L})(?:(?:on\s+|am\s+|le\s+)?\d{1,2}[./ ]\s?(?:\p{L}{3,10}|\d{1,2})[./ ]\s?\d{2,4}|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*\.?\s+\d{1,2}|\d{1,2}\s+(?:hours?|days?|min\p{L}*|stunden|std)|\d{1,2}:\d{2}|on behalf of|updated|published|posted|veröffentlicht|aktualisiert|stand\s*:|(?:for|in|about|says?|sagt|said|follow(?:\s|$)|under|at)\s.*|im gespräch.*|folgen.*|\d+ (?:comments?|kommentare?|articles?|posts?|views?)).*$/iu;
/** A word left of a date, a place or a saying that was cut off. */
const DANGLING = /\s+(?:on(?:\s\p{Lu}\p{Ll}+)?|in|at|um|am|says|said|sagt):?$/u;
const SPLIT =
  /\s*(?:;|\||•|·|●|\s\/\s|\n|、|，)\s*|\s+(?:and|und|et|y|e|i|và|ve|dan|och|og|with|mit|avec|con)\s+(?=[\p{Lu}\p{Lo}])|\s*&\s*/iu;

/** A piece of a byline that names an office. */
const ROLE_START =
  /^(?:senior|chief|staff|political|deputy|managing|associate|contributing|executive|founding|freelance|investigative|reporter|editor|writer|journalist|correspondent|columnist|redakteur(?:in)?|chefredakteur(?:in)?|korrespondent(?:in)?|journaliste|rédacteur|rédactrice|director|manager|head of|professor|ceo|cto|sr\.)(?!\p{L})/iu;

/** Most characters read of one name, and of a text of names: what is longer is no byline. */
const MAX_NAME = 500;
const MAX_NAMES = 20_000;

/** Cleans one name. */
export function cleanName(raw: string): string {
  let name = oneLine(unescapeOnce(raw.slice(0, MAX_NAME).replace(/<[^>]*>/g, ' '))).replace(GLUED_BY, '');
  for (let round = 0; round < 3; round++) {
    const before = name;
    name = name.replace(PREFIX, '').replace(ROLE_TAIL, '').trim();
    if (name === before) break;
  }
  name = name
    .replace(/\S+@\S+\.\S+/g, '')
    .replace(/\s*[|•·●].*$/u, '')
    .replace(/\s*[([].*$/u, '')
    .replace(/\s*@\w+.*$/u, '')
    .replace(TRAILER, '')
    .replace(DANGLING, '')
    .replace(/^[\s,.:;|/–—*-]+|[\s,:;|/–—*-]+$/gu, '')
    .trim();
  const letters = name.replace(/[^\p{L}]/gu, '');
  const isShouted =
    letters.length > 5 && letters === letters.toUpperCase() && letters !== letters.toLowerCase() && /\s/.test(name);
  if (isShouted || (/\s/.test(name) && letters === letters.toLowerCase() && /^[a-z\s.'’-]+$/.test(name)))
    name = name
      .toLowerCase()
      .replace(/(^|[\s'’-])(\p{L})/gu, (_, gap: string, letter: string) => gap + letter.toUpperCase());
  return name;
}

/** Whether a text is a news agency's name or sign. */
export function isAgency(name: string): boolean {
  return AGENCIES.test(name) && name.length < 40;
}

/** Whether a text can be a person's name. */
export function looksLikeName(name: string): boolean {
  if (
    name.length < 2 ||
    name.length > 60 ||
    /\d{2}|https?:|www\.|[<>{}[\]=!?#…]|\.(?:com|org|net|de|at|ch|fr|vn)\b/.test(name)
  )
    return false;
  if (NOT_A_PERSON.test(name) || ROLE_START.test(name)) return false;
  if (name.split(/\s+/).length > 6) return false;
  if (!/\p{L}{2}/u.test(name)) return false;
  return !/\b(?:subscribe|read more|share|comments?|follow|click|cookie|minutes?|updated|published|posted|photo|image|getty|newsletter|archive|login|sign|view all|see all|loading|abonnieren|kommentar(?:e|ieren)?|anmelden|weiterlesen|erforderlich)\b/iu.test(
    name,
  );
}

/** How much a name looks like one person's full name, 0 to 1: two to four capitalised words, or a short one of another script. */
export function nameLikeness(name: string): number {
  const words = name.split(/\s+/);
  if (/[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(name))
    return name.length >= 2 && name.length <= 8 ? 1 : 0.4;
  const capital = words.filter((word) =>
    /^[\p{Lu}'’"“(]|^(?:von|van|de|der|den|di|da|del|la|le|el|al|bin|ben|zu|zur|dos|das|do|y|ten|ter|af|d['’])$/u.test(
      word,
    ),
  ).length;
  if (words.length === 1) return /^\p{Lu}\p{Ll}+$/u.test(name) ? 0.4 : 0.2;
  if (words.length > 5) return 0.2;
  return capital === words.length ? 1 : capital / words.length / 1.6;
}

/** Splits a text of one or more names; agencies are returned apart. */
export function splitNames(raw: string, siteKeys: ReadonlySet<string> | null): { names: string[]; agencies: string[] } {
  const names: string[] = [];
  const agencies: string[] = [];
  const seen = new Set<string>();
  const text = raw
    .slice(0, MAX_NAMES)
    .split('\n')
    .map(oneLine)
    .filter((line) => line !== '')
    .join('\n')
    .replace(GLUED_BY, '')
    .replace(PREFIX, '');
  for (const part of text.split(SPLIT)) {
    const slashed = part.split(/\s*\/\s*/);
    const commas =
      slashed.length > 1 && slashed.every((one) => nameLikeness(one) === 1) ? slashed : part.split(/\s*,\s*/);
    // "Doe, Jane" is one name; "Jane Doe, John Roe" are two.
    const inverted =
      commas.length === 2 &&
      !/\s/.test((commas[0] ?? '').trim()) &&
      /^\p{Lu}\p{Ll}+(?:\s\p{Lu}\.?)?$/u.test((commas[1] ?? '').trim()) &&
      /^\p{Lu}\p{Ll}/u.test(commas[0] ?? '');
    for (const piece of inverted ? [`${commas[1]} ${commas[0]}`] : commas) {
      const name = cleanName(piece);
      const key = keyOf(name);
      if (key === '' || seen.has(key)) continue;
      if (isAgency(name)) {
        seen.add(key);
        agencies.push(name);
      } else if (looksLikeName(name) && !siteKeys?.has(key)) {
        seen.add(key);
        names.push(name);
      }
    }
  }
  return { names, agencies };
}
