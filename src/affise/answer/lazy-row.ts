import { UpstreamError } from "../error/error.js";
import { type RestReply, replyText } from "../request/request.js";

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Stands behind the bytes of an answer, twice, since an escape takes two; nowhere inside, for JSON knows it only as an escape. */
const end = 0;

/** Behind the string whose first byte after its quote this is; -1 where the bytes end before it. */
const endOfString = (bytes: Buffer, from: number): number => {
  let at = from;
  for (;;) {
    const byte = bytes[at];
    if (byte === quote) return at + 1;
    if (byte === end) return -1;
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
      if (byte === end) return -1;
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
    if (byte === end || at < 0) return -1;
  } while (depth > 0);
  return at;
};

const beyondAscii = /[\x80-\xff]/;

/** A value out of an answer's bytes. Nearly all are ASCII, and cutting those takes half the time of decoding them. */
const valueIn = (bytes: Buffer, from: number, to: number): unknown => {
  const text = bytes.toString("latin1", from, to);
  return JSON.parse(beyondAscii.test(text) ? bytes.toString("utf8", from, to) : text);
};

/** A value of a row that only now is looked at. Throws UPSTREAM_FAILED for what is no JSON. */
const columnIn = (bytes: Buffer, from: number, to: number): unknown => {
  try {
    return valueIn(bytes, from, to);
  } catch (error) {
    throw new UpstreamError("UPSTREAM_FAILED", "Affise's answer is not JSON in one of its rows.", {}, error);
  }
};

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

  /** `ends` has, from `first` on, where each column's value begins, and where the row ends. */
  constructor(
    private bytes: Buffer | undefined,
    private readonly from: number,
    private ends: Int32Array | undefined,
    private readonly first: number,
    private readonly shape: Shape,
  ) {}

  get(row: Row, name: string | symbol): unknown {
    if (this.bytes && this.ends && typeof name === "string" && !Object.hasOwn(row, name)) {
      const place = this.shape.places.get(name);
      if (place !== undefined) {
        this.left -= 1;
        if (this.left < 0) this.parse(row);
        else row[name] = columnIn(this.bytes, this.ends[this.first + place] ?? 0, this.endOf(this.ends, place));
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

  /** The whole row, in its order; what was read of it before stays what it was. The answer is let go of. */
  private parse(row: Row): void {
    if (!this.bytes || !this.ends) return;
    const known = { ...row };
    const whole = columnIn(this.bytes, this.from, this.ends[this.first + this.shape.names.length] ?? 0) as Row;
    this.bytes = undefined;
    this.ends = undefined;
    for (const name of Object.keys(known)) delete row[name];
    Object.assign(row, whole, known);
  }
}

/** The shapes that rows had last, by the list they stand in: rows of one list look alike. */
const shapes = new Map<string, Shape>();

/** Room for where an answer's values stand, while it is read; made anew for one that has more than what is kept. */
let places = new Int32Array(16_384);
const mostPlaces = 262_144;

/** Reads an answer from its bytes. Knows compact JSON alone; what else it meets it gives up on. */
class AnswerReader {
  private readonly bytes: Buffer;
  private places = places;
  private count = 0;

  constructor(
    chunks: readonly Buffer[],
    private readonly size: number,
    private readonly list: string,
  ) {
    this.bytes = Buffer.allocUnsafeSlow(size + 2);
    let at = 0;
    for (const chunk of chunks) at += chunk.copy(this.bytes, at);
    this.bytes.fill(end, at, at + 2);
  }

  /** The answer, with lazy rows in its lists; undefined for what is not read so. */
  answer(): Record<string, unknown> | undefined {
    const { bytes } = this;
    const answer: Record<string, unknown> = {};
    if (bytes[0] !== openBrace) return undefined;
    let at = 0;
    do {
      const from = this.endOfName(at + 1);
      if (from < 0) return undefined;
      const name = valueIn(bytes, at + 1, from - 1) as string;
      if (name === "__proto__") return undefined;
      const isRows = bytes[from] === openBracket && bytes[from + 1] === openBrace;
      at = isRows ? this.rows(answer, name, from + 1) : endOfValue(bytes, from);
      if (at < 0) return undefined;
      if (!isRows) answer[name] = valueIn(bytes, from, at);
    } while (bytes[at] === comma);
    return bytes[at] === closeBrace && at === this.size - 1 ? answer : undefined;
  }

  /** Behind the colon of the name that begins here; -1 for what is none. */
  private endOfName(at: number): number {
    const behind = this.bytes[at] === quote ? endOfString(this.bytes, at + 1) : -1;
    return behind > 0 && this.bytes[behind] === colon ? behind + 1 : -1;
  }

  /** Reads the rows of the list whose first row begins here. Gives where the list ends; -1 where they are not to be read so. */
  private rows(answer: Record<string, unknown>, name: string, from: number): number {
    const id = `${this.list} ${name}`;
    const found: { from: number; first: number; shape: Shape }[] = [];
    this.count = 0;
    let shape = shapes.get(id);
    let at = from;
    do {
      const [start, first] = [at, this.count];
      at = shape ? this.row(start, shape) : -1;
      if (at < 0) {
        this.count = first;
        shape = this.shapeAt(start);
        at = shape ? this.row(start, shape) : -1;
      }
      if (!shape || at < 0) return -1;
      found.push({ from: start, first, shape });
      at += 1;
    } while (this.bytes[at - 1] === comma);
    if (this.bytes[at - 1] !== closeBracket) return -1;
    if (shape) shapes.set(id, shape);
    const ends = this.places.slice(0, this.count);
    answer[name] = found.map((one) => new Proxy({}, new LazyRow(this.bytes, one.from, ends, one.first, one.shape)));
    return at;
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
      this.places[this.count++] = at;
      at = endOfValue(bytes, at);
      if (at < 0 || bytes[at] !== (index === names.length - 1 ? closeBrace : comma)) return -1;
      at += 1;
    }
    this.places[this.count++] = at;
    return at;
  }

  private makeRoom(more: number): void {
    if (this.count + more <= this.places.length) return;
    const wider = new Int32Array(2 * (this.count + more));
    wider.set(this.places);
    this.places = wider;
    if (wider.length <= mostPlaces) places = wider;
  }

  private shapeAt(from: number): Shape | undefined {
    const { bytes } = this;
    const names: Buffer[] = [];
    const found = new Map<string, number>();
    let at = from;
    do {
      const start = at + 1;
      const value = this.endOfName(start);
      if (value < 0) return undefined;
      const name = valueIn(bytes, start, value - 1) as string;
      if (name === "__proto__" || found.has(name)) return undefined;
      found.set(name, names.length);
      names.push(Buffer.from(bytes.subarray(start, value)));
      at = endOfValue(bytes, value);
    } while (bytes[at] === comma);
    return bytes[at] === closeBrace ? { names, places: found } : undefined;
  }
}

/** An answer of fewer bytes is parsed as a whole in less time than it takes to look where what stands. */
const leastBytes = 4_096;

/**
 * The answer of a list, parsed as far as anybody looks: Affise's lists take no columns, so rows come with fifty of which three are asked for. One
 * pass finds where each value stands, a quarter of what parsing all takes. Whatever is not a compact object with lists of plain rows
 * goes to JSON.parse. Throws SyntaxError for what is no JSON; inside a column that nobody asks for, that is not noticed.
 */
export const parseList = (reply: Pick<RestReply, "chunks">, list: string, least = leastBytes): unknown => {
  const size = reply.chunks.reduce((sum, { length }) => sum + length, 0);
  const found = size < least ? undefined : new AnswerReader(reply.chunks, size, list).answer();
  return found ?? JSON.parse(replyText(reply));
};
