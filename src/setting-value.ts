import { z } from "zod";
import type { Tenant } from "./affise/transport/tenant.js";
import { readModes } from "./documents/mode.js";

/** What stands before the host of an address may be a password. */
export const withoutPassword = (address: string) => address.replaceAll(/[^/\s=,]*@/g, "…@");

export const url = z
  .string()
  .transform((text) => text.trim().replace(/\/+$/, ""))
  .refine((text) => /^https?:\/\/[^/]+/.test(text) && URL.canParse(text), "must be a URL such as https://api-acme.affise.com");

export const integer = (least: number, most: number) =>
  z.coerce
    .number({ error: "must be a number" })
    .int("must be a whole number")
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);

/** The API URL of a network: keys travel in a header, so a name or password in the address is a mistake. */
export const apiUrl = url.refine((text) => !/^https?:\/\/[^/]*@/.test(text), "must not hold a user or password");

export const tenantList = z.string().transform((text, context): Tenant[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)
    .flatMap((part) => {
      const [name = "", ...rest] = part.split("=");
      const address = apiUrl.safeParse(rest.join("="));
      if (/^[\w.-]+$/.test(name) && address.success) return [{ name, url: address.data }];
      context.addIssue({ code: "custom", message: `"${withoutPassword(part)}" must read like acme=https://api-acme.affise.com` });
      return [];
    }),
);

export const toggle = z
  .enum(["true", "false", "on", "off", "1", "0"], { error: "must be true or false" })
  .transform((text) => /^(true|on|1)$/.test(text));

/** A setting that is a whole number. */
export const count = (least: number, most: number, usual: number, about: string) => ({
  schema: integer(least, most).default(usual),
  about,
  shown: String(usual),
});

export const origins = z
  .string()
  .transform((text) =>
    text
      .split(",")
      .map((part) => part.trim().replace(/\/+$/, ""))
      .filter(Boolean),
  )
  .refine(
    (list) => list.every((one) => one === "*" || /^https?:\/\/[^/\s]+$/.test(one)),
    "must list origins such as https://app.acme.com",
  );

export const proxies = z
  .string()
  .transform((text) => (/^(true|on|1)$/.test(text) ? true : /^(false|off|0)$/.test(text) ? false : text));

export const documentModes = z.string().superRefine((text, context) => {
  const read = readModes(text);
  if (typeof read === "string") context.addIssue({ code: "custom", message: read });
});

export const redisUrl = z
  .string()
  .refine((text) => /^rediss?:\/\/[^/]+/.test(text) && URL.canParse(text), "must be a URL such as redis://localhost:6379");
