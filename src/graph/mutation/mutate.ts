import { defaultFieldResolver, type GraphQLSchema } from "graphql";
import { checkInput } from "./input.js";

/** Puts what holds for every mutation around its resolver. */
export const guardMutations = (schema: GraphQLSchema): GraphQLSchema => {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = (source, args, context, info) => {
      checkInput(field.args, args);
      return resolve(source, args, context, info);
    };
  }
  return schema;
};
