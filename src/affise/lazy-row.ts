const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Behind the string whose first byte after its quote this is; -1 where the bytes end before it. */
const endOfString = (bytes: Buffer, from: number): number => {
  let at = from;
  for (;;) {
    const byte = bytes[at];
    if (byte === quote) return at + 1;
    if (byte === undefined) return -1;
    at += byte === backslash ? 2 : 1;
  }
};

/** Behind the value that begins here; -1 where the bytes end before it does. Only how its strings and brackets pair is looked at. */
const endOfValue = (bytes: Buffer, from: number): number => {
  const first = bytes[from];
  if (first === quote) return endOfString(bytes, from + 1);
  let at = from;
  if (first !== openBrace && first !== openBracket) {
    for (;;) {
      const byte = bytes[at];
      if (byte === comma || byte === closeBrace || byte === closeBracket) return at > from ? at : -1;
      if (byte === undefined) return -1;
      at += 1;
    }
  }
  let depth = 0;
  do {
    const byte = bytes[at];
    at += 1;
    if (byte === quote) at = endOfString(bytes, at);
    else if (byte === openBrace || byte === openBracket) depth += 1;
    else if (byte === closeBrace || byte === closeBracket) depth -= 1;
    if (byte === undefined || at < 0) return -1;
  } while (depth > 0);
  return at;
};

const valueIn = (bytes: Buffer, from: number, to: number): unknown => JSON.parse(bytes.toString("utf8", from, to));

/** The columns of rows that look alike: their order, as they stand in the bytes, and the place of each by its name. */
interface Shape {
  names: readonly Buffer[];
  places: ReadonlyMap<string, number>;
}

type Row = Record<string | symbol, unknown>;

/** So many columns of a row are read one by one; who asks for more gets the row parsed as a whole, which is cheaper then. */
const fewColumns = 12;

/** A row as it came, whose columns are read when they are asked for. To whoever holds it, it is the object that JSON.parse would give. */
class LazyRow implements ProxyHandler<Row> {
  private left = fewColumns;
  private bytes: Buffer | undefined;

  /** `ends` has, from `first` on, where each column's value begins, and where the row ends. */
  constructor(
    bytes: Buffer,
    private readonly from: number,
    private ends: Int32Array | undefined,
    private readonly first: number,
    private readonly shape: Shape,
  ) {
    this.bytes = bytes;
  }

  get(row: Row, name: string | symbol): unknown {
    if (this.bytes && this.ends && typeof name === "string" && !Object.hasOwn(row, name)) {
      const place = this.shape.places.get(name);
      if (place !== undefined) {
        this.left -= 1;
        if (this.left < 0) this.parse(row);
        else row[name] = valueIn(this.bytes, this.ends[this.first + place] ?? 0, this.endOf(this.ends, place));
      }
    }
    return row[name];
  }

  has(row: Row, name: string | symbol): boolean {
    return name in row || (this.bytes !== undefined && typeof name === "string" && this.shape.places.has(name));
  }

  ownKeys(row: Row): (string | symbol)[] {
    this.parse(row);
    return Reflect.ownKeys(row);
  }

  getOwnPropertyDescriptor(row: Row, name: string | symbol): PropertyDescriptor | undefined {
    this.parse(row);
    return Reflect.getOwnPropertyDescriptor(row, name);
  }

  deleteProperty(row: Row, name: string | symbol): boolean {
    this.parse(row);
    return Reflect.deleteProperty(row, name);
  }

  private endOf(ends: Int32Array, place: number): number {
    const next = this.shape.names[place + 1];
    const behind = ends[this.first + place + 1] ?? 0;
    return next ? behind - next.length - 1 : behind - 1;
  }

  /** The whole row, in its order; what was read of it before stays what it was. The bytes are let go of. */
  private parse(row: Row): void {
    if (!this.bytes || !this.ends) return;
    const known = { ...row };
    const end = this.ends[this.first + this.shape.names.length];
    const whole = valueIn(this.bytes, this.from, end ?? 0) as Row;
    this.bytes = undefined;
    this.ends = undefined;
    for (const name of Object.keys(known)) delete row[name];
    Object.assign(row, whole, known);
  }
}

/** The shapes that rows had last, by the list they stand in: rows of one list look alike. */
const shapes = new Map<string, Shape>();

/** Reads the rows of one list, one after the other. Knows compact JSON alone; whatever else it meets it gives up on. */
class RowReader {
  private ends = new Int32Array(1_024);
  private count = 0;

  constructor(
    private readonly bytes: Buffer,
    private readonly list: string,
  ) {}

  /** The rows of the list whose first row begins here, and where the list ends; undefined where they are not to be read so. */
  read(from: number): { rows: object[]; end: number } | undefined {
    const found: { from: number; first: number; shape: Shape }[] = [];
    let at = from;
    for (;;) {
      const first = this.count;
      const start = at;
      const known = shapes.get(this.list);
      at = known ? this.row(start, known) : -1;
      if (at < 0) {
        this.count = first;
        const other = this.shapeAt(start);
        at = other ? this.row(start, other) : -1;
        if (!other || at < 0) return undefined;
        shapes.set(this.list, other);
      }
      found.push({ from: start, first, shape: shapes.get(this.list) as Shape });
      const byte = this.bytes[at];
      at += 1;
      if (byte === closeBracket) break;
      if (byte !== comma) return undefined;
    }
    const ends = this.ends.slice(0, this.count);
    return { rows: found.map((one) => new Proxy({}, new LazyRow(this.bytes, one.from, ends, one.first, one.shape))), end: at };
  }

  /** Notes where the values of a row of this shape stand. Gives where the row ends, -1 for a row of another shape. */
  private row(from: number, { names }: Shape): number {
    const { bytes } = this;
    this.makeRoom(names.length + 1);
    let at = from + 1;
    for (let index = 0; index < names.length; index += 1) {
      const name = names[index] as Buffer;
      for (let place = 0; place < name.length; place += 1) if (bytes[at + place] !== name[place]) return -1;
      at += name.length;
      this.ends[this.count++] = at;
      at = endOfValue(bytes, at);
      if (at < 0 || bytes[at] !== (index === names.length - 1 ? closeBrace : comma)) return -1;
      at += 1;
    }
    this.ends[this.count++] = at;
    return at;
  }

  private makeRoom(more: number): void {
    if (this.count + more <= this.ends.length) return;
    const wider = new Int32Array(2 * (this.count + more));
    wider.set(this.ends);
    this.ends = wider;
  }

  private shapeAt(from: number): Shape | undefined {
    const { bytes } = this;
    const names: Buffer[] = [];
    const places = new Map<string, number>();
    let at = from;
    do {
      at += 1;
      const end = bytes[at] === quote ? endOfString(bytes, at + 1) : -1;
      if (end < 0 || bytes[end] !== colon) return undefined;
      const name = valueIn(bytes, at, end) as string;
      if (name === "__proto__" || places.has(name)) return undefined;
      places.set(name, names.length);
      names.push(Buffer.from(bytes.subarray(at, end + 1)));
      at = endOfValue(bytes, end + 1);
    } while (bytes[at] === comma);
    return bytes[at] === closeBrace ? { names, places } : undefined;
  }
}

/** An answer whose lists of rows are lazy; undefined for what is not read so. */
const scanned = (bytes: Buffer, list: string): Record<string, unknown> | undefined => {
  const answer: Record<string, unknown> = {};
  if (bytes[0] !== openBrace) return undefined;
  let at = 0;
  do {
    at += 1;
    const end = bytes[at] === quote ? endOfString(bytes, at + 1) : -1;
    if (end < 0 || bytes[end] !== colon) return undefined;
    const name = valueIn(bytes, at, end) as string;
    if (name === "__proto__") return undefined;
    at = end + 1;
    if (bytes[at] === openBracket && bytes[at + 1] === openBrace) {
      const found = new RowReader(bytes, `${list} ${name}`).read(at + 1);
      if (!found) return undefined;
      answer[name] = found.rows;
      at = found.end;
    } else {
      const from = at;
      at = endOfValue(bytes, from);
      if (at < 0) return undefined;
      answer[name] = valueIn(bytes, from, at);
    }
  } while (bytes[at] === comma);
  return bytes[at] === closeBrace && at === bytes.length - 1 ? answer : undefined;
};

/**
 * The answer of a list, parsed as far as anybody looks: Affise's lists take no columns, so rows come with fifty of which three are asked for. One
 * pass finds where each value stands, a quarter of what parsing all takes. Whatever is not a compact object with lists of plain rows
 * goes to JSON.parse. Throws SyntaxError for what is no JSON; inside a column that nobody asks for, that is not noticed.
 */
export const parseList = (bytes: Buffer, list: string): unknown => scanned(bytes, list) ?? JSON.parse(bytes.toString("utf8"));
