import type { Resolvers } from "../../generated/schema.js";
import { refusedLogin } from "../user/refused-login.js";

export const Mutation = {
  registerAdvertiser: async (_, { input: { companyName, captcha, ...login } }, { call }) => {
    const body = { title: companyName, ...login, captcha };
    const { message } = await call("POST /3.1/advertiser/registration", { body });
    return { message };
  },

  logInAdvertiser: async (_, { input }, { call }) => {
    const { user, access_token, refresh_token, expires_in } = await call("POST /3.1/advertiser/login", {
      body: input,
    }).catch(refusedLogin);
    return { ...user, advertiserId: user?.id, access_token, refresh_token, expiresInSeconds: expires_in };
  },
} satisfies Resolvers["Mutation"];
