import type { Question } from "../ask.js";
import { environment } from "./environment-choice.js";
import { networkNow } from "./session.js";

/** Fills in the variables that the query declares and leaves open with those of the environment. */
export const withEnvironment = (question: Question): Question => {
  const { now } = environment.get();
  if (!now || now.network !== networkNow()?.name) return question;
  const given = Object.entries(now.variables).filter(
    ([name]) => /^\w+$/.test(name) && new RegExp(`\\$${name}\\s*:`).test(question.query),
  );
  return given.length ? { ...question, variables: { ...Object.fromEntries(given), ...question.variables } } : question;
};
