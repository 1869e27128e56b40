/** A small seeded generator: the same seed gives the same data at every start. */
export interface Random {
  next(): number;
  int(from: number, to: number): number;
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  some<T>(list: readonly T[], count: number): T[];
}

const mix = (value: number): number => {
  let state = value | 0;
  state = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
  state = Math.imul(state ^ (state >>> 15), 0x735a2d97);
  return (state ^ (state >>> 15)) >>> 0;
};

const seedOf = (text: string): number => {
  let hash = 2166136261;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619);
  return hash >>> 0;
};

const hex = (value: number): string => value.toString(16).padStart(8, "0");

/** A generator of its own for each name, so that more of one noun does not change another. */
export const createRandom = (name: string): Random => {
  let state = seedOf(name);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    return mix(state) / 4294967296;
  };
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(list: readonly T[]): T => {
    const item = list[int(0, list.length - 1)];
    if (item === undefined) throw new Error("Nothing to pick from");
    return item;
  };
  const some = <T>(list: readonly T[], count: number): T[] => {
    const places = new Set<number>();
    const size = Math.min(count, list.length);
    while (places.size < size) places.add(int(0, list.length - 1));
    return [...places].flatMap((place) => list.slice(place, place + 1));
  };
  return { next, int, chance: (share) => next() < share, pick, some };
};

const seeds = new Map<string, number>();

const kindSeed = (kind: string): number => {
  const known = seeds.get(kind);
  if (known !== undefined) return known;
  const seed = seedOf(kind);
  seeds.set(kind, seed);
  return seed;
};

const digits = (kind: string, number: number, words: number): string => {
  const seed = kindSeed(kind) + Math.imul(number, 0x9e3779b1);
  let text = "";
  for (let word = 0; word < words; word += 1) text += hex(mix(seed + Math.imul(word, 0x85ebca6b)));
  return text;
};

/** A 24-hex id, as Affise prints for most nouns. */
export const objectId = (kind: string, number: number): string => digits(kind, number, 3);

/** A 32-hex key, as the user reads print. */
export const apiKey = (kind: string, number: number): string => digits(`key:${kind}`, number, 4);

export const uuid = (kind: string, number: number): string => {
  const text = digits(kind, number, 4);
  return [text.slice(0, 8), text.slice(8, 12), `4${text.slice(13, 16)}`, `a${text.slice(17, 20)}`, text.slice(20, 32)].join("-");
};

export const longHex = (kind: string, number: number): string => digits(kind, number, 5);
