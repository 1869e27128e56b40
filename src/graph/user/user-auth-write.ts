import type { MutationResolvers } from "../../generated/schema.js";
import { credentials, refusedLogin } from "./credentials.js";

export const Mutation = {
  logInUser: async (_, { input }, { call }) => {
    const { api_key } = await call("POST /3.1/pub-auth", { body: credentials(input) }).catch(refusedLogin);
    return { apiKey: api_key };
  },
} satisfies MutationResolvers;
