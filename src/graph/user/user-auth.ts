import type { MutationResolvers } from "../../generated/schema.js";
import { credentials, refusedLogin } from "./credentials.js";

export const Mutation = {
  logInUser: (_, { input }, { call }) => call("POST /3.1/pub-auth", { body: credentials(input) }).catch(refusedLogin),
} satisfies MutationResolvers;
