/** Puts a text together unit by unit, and makes one string of it. */

/** Units kept between texts: longer texts get memory of their own. */
const ROOM = 64 * 1024;

/** A text in the making; as a string it takes one byte a unit where all units fit. */
export class TextBuffer {
  private readonly shared = new Uint16Array(ROOM);
  private readonly sharedBytes = Buffer.alloc(ROOM);
  private units = this.shared;
  private bytes = this.sharedBytes;
  private size = 0;
  private all = 0;

  /** Begins a text of at most so many units. */
  begin(most: number): void {
    this.units = most > ROOM ? new Uint16Array(most) : this.shared;
    this.bytes = most > ROOM ? Buffer.alloc(most) : this.sharedBytes;
    this.size = 0;
    this.all = 0;
  }

  /** Adds a unit. */
  add(unit: number): void {
    const { size } = this;
    this.units[size] = unit;
    this.bytes[size] = unit;
    this.size = size + 1;
    this.all |= unit;
  }

  /** The text. */
  take(): string {
    const { units, size } = this;
    if (this.all < 256) return this.bytes.toString('latin1', 0, size);
    return Buffer.from(units.buffer, units.byteOffset, size * 2).toString('utf16le');
  }
}
