import type { Resolvers } from "../../generated/schema.js";
import { refusedLogin } from "./refused-login.js";

export const Mutation = {
  logInUser: async (_, { input }, { call }) => {
    const { api_key } = await call("POST /3.1/pub-auth", { body: input }).catch(refusedLogin);
    return { apiKey: api_key };
  },
} satisfies Resolvers["Mutation"];
