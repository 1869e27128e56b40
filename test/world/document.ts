import type { Mutation, Query } from "../../src/generated/client.js";

/** The text of an operation that knows what its answer looks like. */
export type Operation<Data> = string & { readonly data?: Data };

type Replaced<
  Text extends string,
  From extends string,
  To extends string,
  Done extends string = "",
> = Text extends `${infer Head}${From}${infer Tail}` ? Replaced<Tail, From, To, `${Done}${Head}${To}`> : `${Done}${Text}`;

/** Braces, dots and the colon of an alias become words of their own, whatever space and commas stood around them. */
type Spaced<Text extends string> = Replaced<
  Replaced<Replaced<Replaced<Replaced<Replaced<Text, "\n", " ">, ",", " ">, ":", ": ">, "...", " ... ">, "{", " { ">,
  "}",
  " } "
>;

type WithoutArguments<Text extends string, Done extends string = ""> = Text extends `${infer Head}(${string})${infer Tail}`
  ? WithoutArguments<Tail, `${Done}${Head}`>
  : `${Done}${Text}`;

type Words<Text extends string, Done extends readonly string[] = []> = Text extends `${infer Head} ${infer Tail}`
  ? Words<Tail, Head extends "" ? Done : [...Done, Head]>
  : Text extends ""
    ? Done
    : [...Done, Text];

type Item<Value> = Value extends readonly (infer One)[] ? Item<One> : Value;
type Shaped<Value, One> = Value extends readonly (infer Inner)[] ? Shaped<Inner, One>[] : One;
type Column<Type, Name> = Type extends unknown ? (Name extends keyof Type ? Type[Name] : never) : never;
type Flat<Found> = { [Key in keyof Found]: Found[Key] };

/** Reads a selection word by word: what was found in `Type`, and the words behind the closing brace. */
type Selected<All, Type, Found = unknown> = All extends [infer Word, ...infer Rest]
  ? Word extends "}"
    ? [Flat<Found>, Rest]
    : Word extends "..."
      ? Spread<Rest, Type, Found>
      : Word extends `@${string}`
        ? Selected<Rest, Type, Found>
        : Word extends `${infer Alias}:`
          ? Rest extends [infer Name, ...infer Behind]
            ? Field<Alias, Name, Behind, Type, Found>
            : never
          : Partial<Record<Word & string, 1>> extends Record<Word & string, 1>
            ? Selected<Rest, Type, Found & Record<string, unknown>>
            : Field<Word, Word, Rest, Type, Found>
  : [Flat<Found>, []];

type Spread<All, Type, Found> = All extends ["on", infer Name, "{", ...infer Inner]
  ? Selected<Inner, Extract<Type, { __typename?: Name }>> extends [infer Part, infer Rest]
    ? Selected<Rest, Type, Found & Part>
    : never
  : All extends [unknown, ...infer Rest]
    ? Selected<Rest, Type, Found>
    : never;

type Field<Alias, Name, All, Type, Found> = All extends ["{", ...infer Inner]
  ? Selected<Inner, Item<Column<Type, Name>>> extends [infer Value, infer Rest]
    ? Selected<Rest, Type, Found & Record<Alias & string, Shaped<Column<Type, Name>, Value>>>
    : never
  : Selected<All, Type, Found & Record<Alias & string, Name extends "__typename" ? string : Column<Type, Name>>>;

type Data<All, Type = Query> = All extends ["mutation", ...infer Rest]
  ? Data<Rest, Mutation>
  : All extends ["{", ...infer Inner]
    ? Selected<Inner, Type> extends [infer Found, unknown]
      ? Found
      : never
    : All extends [unknown, ...infer Rest]
      ? Data<Rest, Type>
      : never;

/**
 * Types an answer by the text of its operation. What is asked for is there and is not null, so that a test that meets null fails as it
 * reads on; a field that the schema lacks is `never`. Arguments may differ from call to call, named fragments are not read.
 */
export const graphql = <const Text extends string>(text: Text): Operation<Data<Words<Spaced<WithoutArguments<Text>>>>> => text;
