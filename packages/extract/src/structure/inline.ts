/** Cuts a part's text at its marks, so that what is written around them nests. */
import type { BodyMark } from '@newsloom/model';

/** How marks and text are written in one format. */
export type InlineWriter = {
  text: (text: string) => string;
  open: (mark: BodyMark) => string;
  close: (mark: BodyMark) => string;
};

/** The marks sorted outer before inner, overlapping and empty ones left out. */
function nested(marks: readonly BodyMark[], start: number, end: number): BodyMark[] {
  const sorted = marks
    .filter((mark) => mark.start >= start && mark.end <= end && mark.start < mark.end)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const open: BodyMark[] = [];
  return sorted.filter((mark) => {
    while (open.length > 0 && (open.at(-1) as BodyMark).end <= mark.start) open.pop();
    const outer = open.at(-1);
    if (outer && mark.end > outer.end) return false;
    if (open.some((one) => one.kind === mark.kind)) return false;
    open.push(mark);
    return true;
  });
}

/** Writes a stretch of the body with its marks. */
export function writeInline(
  body: string,
  start: number,
  end: number,
  marks: readonly BodyMark[],
  writer: InlineWriter,
): string {
  let out = '';
  let at = start;
  const open: BodyMark[] = [];
  const closeUpTo = (limit: number): void => {
    for (let top = open.at(-1); top && top.end <= limit; top = open.at(-1)) {
      out += writer.text(body.slice(at, top.end)) + writer.close(top);
      at = top.end;
      open.pop();
    }
  };
  for (const mark of nested(marks, start, end)) {
    closeUpTo(mark.start);
    out += writer.text(body.slice(at, mark.start)) + writer.open(mark);
    at = mark.start;
    open.push(mark);
  }
  closeUpTo(end);
  return out + writer.text(body.slice(at, end));
}
