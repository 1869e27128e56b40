import { iso } from "../../model/clock.js";
import { longHex } from "../../model/random.js";
import type { Routes } from "../../model/route.js";
import { refused } from "../../rule/failure.js";
import { createAdvertiser } from "./advertiser.js";

export const advertiserAuth: Routes = {
  "POST /3.1/advertiser/registration": ({ state, body }) => {
    const email = body.email.toLowerCase();
    if ([...state.users.values()].some((user) => user.email === email)) throw refused("User with this email already exists");
    const made = createAdvertiser(state, { title: body.title, email });
    made.password = body.password;
    made.has_user = true;
    return { status: 1, message: "Registration successful" };
  },
  "POST /3.1/advertiser/login": ({ state, body }) => {
    const email = body.email.toLowerCase();
    const found = [...state.advertisers.values()].find((one) => one.email === email);
    if (!found || found.password !== body.password) throw refused("Wrong email or password");
    return {
      user: { id: found.id, email: found.email, type: "advertiser", created_at: iso(found.created_at), api_key: found.api_key },
      access_token: longHex("access", found.number),
      refresh_token: longHex("refresh", found.number),
      expires_in: 259200,
    };
  },
};
