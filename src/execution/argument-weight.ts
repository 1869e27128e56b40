import { Kind, type ValueNode } from "graphql";
import type { Variables } from "./variables.js";

/** So many letters of a text take as long to look at as a value does. */
const lettersPerValue = 250;

const weightOfText = (text: string): number => 1 + Math.floor(text.length / lettersPerValue);

/** How much there is to read in a value: each item, each field and each stretch of text is one. */
export const weightOf = (value: unknown): number => {
  if (typeof value === "string") return weightOfText(value);
  if (typeof value !== "object" || value === null) return 1;
  let weight = 1;
  for (const inner of Array.isArray(value) ? value : Object.values(value)) weight += weightOf(inner);
  return weight;
};

/** Weighs what stands in a document as an argument; each variable is weighed once. */
export class ArgumentWeights {
  private readonly weights = new Map<string, number>();

  constructor(private readonly variables: Variables) {}

  /** The variables that were met. */
  get names(): Iterable<string> {
    return this.weights.keys();
  }

  of(node: ValueNode): number {
    switch (node.kind) {
      case Kind.VARIABLE: {
        const name = node.name.value;
        const weight = this.weights.get(name) ?? weightOf(this.variables[name]);
        this.weights.set(name, weight);
        return weight;
      }
      case Kind.LIST:
        return node.values.reduce((sum, item) => sum + this.of(item), 1);
      case Kind.OBJECT:
        return node.fields.reduce((sum, { value }) => sum + this.of(value), 1);
      case Kind.STRING:
        return weightOfText(node.value);
      default:
        return 1;
    }
  }
}
