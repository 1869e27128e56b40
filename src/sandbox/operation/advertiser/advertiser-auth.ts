import { iso } from "../../model/clock.js";
import { longHex } from "../../model/random.js";
import type { Routes } from "../../model/route.js";
import { refuseTakenEmail, signIn } from "../../rule/account.js";
import { createAdvertiser } from "./advertiser.js";

export const advertiserAuth: Routes = {
  "POST /3.1/advertiser/registration": ({ state, body }) => {
    const email = body.email.toLowerCase();
    refuseTakenEmail("User", state.users.values(), email);
    const made = createAdvertiser(state, { title: body.title, email });
    made.password = body.password;
    made.has_user = true;
    return { status: 1, message: "Registration successful" };
  },
  "POST /3.1/advertiser/login": ({ state, body }) => {
    const found = signIn(state.advertisers.values(), body);
    return {
      user: { id: found.id, email: found.email, type: "advertiser", created_at: iso(found.created_at), api_key: found.api_key },
      access_token: longHex("access", found.number),
      refresh_token: longHex("refresh", found.number),
      expires_in: 259200,
    };
  },
};
