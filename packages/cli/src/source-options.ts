/** The options of `newsloom source set`, and the settings they make of those there are. */
import type { Command } from 'commander';

export type SetOptions = {
  file?: string;
  clear?: boolean;
  host?: string[];
  prefix?: string[];
  include?: string[];
  exclude?: string[];
  depth?: string;
  perDay?: string;
  priority?: string;
  delay?: string;
  language?: string;
  agentSuffix?: string;
  render?: string;
  renderPerDay?: string;
  floor?: string;
  ceiling?: string;
  articles?: string;
};

type Settings = Record<string, unknown>;

/** Adds the options. A list given replaces the list there was; `none` empties it or takes a value away. */
export function setOptions(command: Command): Command {
  return command
    .option('--file <file>', 'all settings as JSON (- is standard input), instead of those there are')
    .option('--clear', 'begin without the settings there are')
    .option('--host <host...>', 'hosts and domains; default: the domain of its seeds')
    .option('--prefix <prefix...>', 'beginnings of paths, of which one must fit')
    .option('--include <pattern...>', 'patterns of which one must fit')
    .option('--exclude <pattern...>', 'patterns of which none may fit')
    .option('--depth <n>', 'link hops from a seed at most')
    .option('--per-day <n>', 'requests a day at most')
    .option('--priority <n>', 'higher is fetched sooner')
    .option('--delay <time>', 'gap between two requests to a host of the source')
    .option('--language <list>', 'the Accept-Language header')
    .option('--agent-suffix <words>', 'words after the User-Agent')
    .option('--render <mode>', 'never, or when-needed')
    .option('--render-per-day <n>', 'pages rendered a day at most')
    .option('--floor <time>', 'no page is visited more often')
    .option('--ceiling <time>', 'lists are visited at least so often')
    .option('--articles <how>', 'watch fresh articles for corrections, or fetch them once');
}

/** The settings with what the options say. What cannot be is left to the schema to refuse, in its own words. */
export function changed(current: unknown, it: SetOptions): unknown {
  if (typeof current !== 'object' || current === null || Array.isArray(current)) return current;
  const settings = { ...current } as Settings;
  const put = (group: string | null, name: string, value: unknown) => {
    if (value === undefined) return;
    const within = group === null ? settings : { ...((settings[group] as Settings | undefined) ?? {}) };
    if (isNone(value)) delete within[name];
    else within[name] = value;
    if (group === null) return;
    if (Object.keys(within).length > 0) settings[group] = within;
    else delete settings[group];
  };
  put('scope', 'hosts', it.host);
  put('scope', 'prefixes', it.prefix);
  put('scope', 'include', it.include);
  put('scope', 'exclude', it.exclude);
  put('scope', 'depth', numeric(it.depth));
  put(null, 'perDay', numeric(it.perDay));
  put(null, 'priority', numeric(it.priority));
  put('fetch', 'delay', it.delay);
  put('fetch', 'acceptLanguage', it.language);
  put('fetch', 'userAgentSuffix', it.agentSuffix);
  put('render', 'mode', it.render ?? (it.renderPerDay === undefined ? undefined : 'when-needed'));
  put('render', 'perDay', numeric(it.renderPerDay));
  put('revisit', 'floor', it.floor);
  put('revisit', 'ceiling', it.ceiling);
  put('revisit', 'articles', it.articles);
  return settings;
}

const isNone = (value: unknown) =>
  value === 'none' || (Array.isArray(value) && value.length === 1 && value[0] === 'none');
/** A number where it is one; else the text, which the schema refuses. */
const numeric = (text: string | undefined) => (text !== undefined && /^-?\d+$/.test(text) ? Number(text) : text);
