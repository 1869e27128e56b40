import {
  type ASTNode,
  type ASTVisitFn,
  type ASTVisitor,
  BREAK,
  getEnterLeaveForKind,
  Kind,
  KnownTypeNamesRule,
  specifiedRules,
  type ValidationRule,
} from "graphql";

type Visits = ASTVisitFn<ASTNode> | { enter?: ASTVisitFn<ASTNode>; leave?: ASTVisitFn<ASTNode> } | undefined;

/** What a rule does at a kind of node. graphql-js makes an object of it, for each rule at each node. */
const visitsOf = (visitor: ASTVisitor, kind: Kind): Visits => ((visitor as Record<string, Visits>)[kind] ?? visitor) as Visits;
const enterOf = (visits: Visits) => (typeof visits === "function" ? visits : visits?.enter);
const leaveOf = (visits: Visits) => (typeof visits === "function" ? undefined : visits?.leave);

const rulesOf = (visitors: readonly ASTVisitor[], kind: Kind): readonly number[] =>
  visitors.flatMap((visitor, index) => {
    const visits = visitsOf(visitor, kind);
    return enterOf(visits) || leaveOf(visits) ? [index] : [];
  });

/**
 * Rules as one, with the errors that they give one by one, in their order. graphql-js asks each of its thirty rules for each of the forty kinds
 * of node whenever it validates; a rule looks at the same kinds each time, so here they are asked once.
 */
export const combineRules = (rules: readonly ValidationRule[]): ValidationRule => {
  /** Which rules look at a kind of node. */
  let known: ReadonlyMap<string, readonly number[]> | undefined;
  return (context) => {
    const visitors = rules.map((rule) => rule(context));
    known ??= new Map(Object.values(Kind).map((kind) => [kind, rulesOf(visitors, kind)]));
    const byKind = known;
    /** Of each rule, the node below which it does not look, or BREAK once it looks no more. */
    const skipped: unknown[] = new Array(visitors.length).fill(undefined);
    const enter: ASTVisitFn<ASTNode> = (node, key, parent, path, ancestors) => {
      for (const index of byKind.get(node.kind) ?? []) {
        if (skipped[index] !== undefined) continue;
        const visitor = visitors[index] as ASTVisitor;
        const result: unknown = enterOf(visitsOf(visitor, node.kind))?.call(visitor, node, key, parent, path, ancestors);
        if (result === false) skipped[index] = node;
        else if (result === BREAK) skipped[index] = BREAK;
      }
    };
    const leave: ASTVisitFn<ASTNode> = (node, key, parent, path, ancestors) => {
      for (const index of byKind.get(node.kind) ?? []) {
        const visitor = visitors[index] as ASTVisitor;
        if (skipped[index] === node) skipped[index] = undefined;
        else if (skipped[index] === undefined)
          leaveOf(visitsOf(visitor, node.kind))?.call(visitor, node, key, parent, path, ancestors);
      }
    };
    return { enter, leave };
  };
};

/** KnownTypeNamesRule, which lists all names of the schema before it begins; here, only where a name is not known. */
const knownTypeNames: ValidationRule = (context) => {
  let rule: ASTVisitor | undefined;
  return {
    NamedType(node, key, parent, path, ancestors) {
      if (context.getSchema().getType(node.name.value)) return;
      rule ??= KnownTypeNamesRule(context);
      getEnterLeaveForKind(rule, Kind.NAMED_TYPE).enter?.call(rule, node, key, parent, path, ancestors);
    },
  };
};

/** The rules of the specification. */
export const quickRules: readonly ValidationRule[] = specifiedRules.map((rule) =>
  rule === KnownTypeNamesRule ? knownTypeNames : rule,
);
