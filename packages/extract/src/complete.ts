/** Completes what is kept: a table or a list of which most is kept is kept whole. */
import type { Block, Box } from './survey.ts';

/** Share of a row's or list's characters that must be kept for the rest to be kept too. */
const MOST = 0.6;
/** Cells of this many blocks and more lay out a page: they are no rows of data. */
const LAYOUT_BLOCKS = 3;
/** A list with fewer items than this is not completed. */
const FEW_ITEMS = 3;

/** Items of this share of link text and more point elsewhere: they are not completed. */
const LINKED = 0.8;

type Group = { kept: number; all: number; blocks: Block[] };

function ancestor(box: Box, names: ReadonlySet<string>, reach: number): Box | null {
  let up: Box | null = box;
  for (let level = 0; up && level < reach; level++) {
    if (names.has(up.name)) return up;
    up = up.parent;
  }
  return null;
}

const TABLE = new Set(['table']);
const LIST = new Set(['ul', 'ol']);

/** Sets the keep marks of cells and items that the kept ones around them vouch for. */
export function completeGroups(blocks: readonly Block[], keep: boolean[]): void {
  const groups = new Map<Box, Group>();
  for (const block of blocks) {
    const { name } = block.box;
    const holder =
      name === 'td' || name === 'th'
        ? ancestor(block.box, TABLE, 5)
        : name === 'li'
          ? ancestor(block.box, LIST, 2)
          : null;
    if (!holder) continue;
    const group = groups.get(holder) ?? { kept: 0, all: 0, blocks: [] };
    group.all += block.text.length;
    if (keep[block.index]) group.kept += block.text.length;
    group.blocks.push(block);
    groups.set(holder, group);
  }
  for (const [holder, { kept, all, blocks: inside }] of groups) {
    if (kept === all || kept < MOST * all || inside.length < FEW_ITEMS) continue;
    if (holder.name === 'table' && inside.some((block) => block.box.blocks >= LAYOUT_BLOCKS)) continue;
    for (const block of inside)
      if (holder.name === 'table' || block.linkChars < LINKED * block.text.length) keep[block.index] = true;
  }
}
