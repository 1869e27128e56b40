import { longHex } from "../model/random.js";
import { nextNumber, type State } from "../model/state.js";
import { refused } from "./failure.js";

interface Account {
  email: string;
  password: string;
}

/** Refuses an email that another account of the kind has; letters may be small or capital. */
export const refuseTakenEmail = (kind: string, accounts: Iterable<Account>, email: string | undefined, own?: Account): void => {
  const taken = [...accounts].some((one) => one !== own && one.email === email?.toLowerCase());
  if (taken) throw refused(`${kind} with this email already exists`);
};

/** The account of an email and its password. */
export const signIn = <T extends Account>(accounts: Iterable<T>, { email, password }: Account): T => {
  const found = [...accounts].find((one) => one.email === email.toLowerCase());
  if (!found || found.password !== password) throw refused("Wrong email or password");
  return found;
};

/** Gives the owner of a key another in its place, and answers it. */
export const rotateKey = (state: State, row: { id: string | number; api_key: string }, kind: string): unknown => {
  const owner = state.keys.get(row.api_key);
  state.keys.delete(row.api_key);
  row.api_key = longHex(`key:${kind}`, nextNumber(state, "key"));
  if (owner) state.keys.set(row.api_key, owner);
  return { status: 1, user: { id: row.id, api_key: row.api_key } };
};
