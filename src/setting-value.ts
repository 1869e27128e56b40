import { isIP } from "node:net";
import { z } from "zod";
import type { Tenant } from "./affise/transport/tenant.js";
import { readModes } from "./documents/mode.js";

/** What stands before the host of an address may be a password, whatever letters that has. */
export const withoutPassword = (address: string) => address.replaceAll(/([\w=.-]*:\/\/)?\S*@/g, "$1…@");

const url = z
  .string()
  .transform((text) => text.trim().replace(/\/+$/, ""))
  .refine((text) => /^https?:\/\/[^/]+/.test(text) && URL.canParse(text), "must be a URL such as https://api-acme.affise.com");

const integer = (least: number, most: number) =>
  z
    .string()
    .trim()
    .regex(/^-?\d+$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`));

/** An address that is asked with headers of our own: a name or password in it is a mistake, and would not be sent. */
export const plainUrl = url.refine((text) => !/^https?:\/\/[^/]*@/.test(text), "must not hold a user or password");

/** An address that paths are put behind. */
export const apiUrl = plainUrl.refine((text) => !/[?#]/.test(text), "must not have a ? or #");

const noPassword = z.string().refine((text) => !text.includes("@"), "must not hold a user or password");

export const tenantList = noPassword.transform((text, context): Tenant[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)
    .flatMap((part, index) => {
      const [name = "", ...rest] = part.split("=");
      const address = apiUrl.safeParse(rest.join("="));
      if (/^[\w.-]+$/.test(name) && address.success) return [{ name, url: address.data }];
      context.addIssue({ code: "custom", message: `must read like acme=https://api-acme.affise.com in its part ${index + 1}` });
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

/** A setting that is true or false. */
export const boolean = (usual: boolean, about: string) => ({ schema: toggle.default(usual), about, shown: String(usual) });

/** A setting that need not be there; `shown` says what holds then. */
export const optional = <Schema extends z.ZodType>(schema: Schema, about: string, shown = "none") => ({
  schema: schema.optional(),
  about,
  shown,
});

/** An origin as browsers say it: small letters, no usual port; undefined for what is none. */
const originIn = (text: string): string | undefined => {
  if (text === "*") return text;
  const { protocol, origin, href } = URL.canParse(text) ? new URL(text) : ({} as Partial<URL>);
  return /^https?:$/.test(protocol ?? "") && href === `${origin}/` ? origin : undefined;
};

export const origins = z.string().transform((text, context): string[] => {
  const given = text.split(",").flatMap((part) => part.trim() || []);
  const known = given.flatMap((part) => originIn(part) ?? []);
  if (!known.length || known.length < given.length)
    context.addIssue({ code: "custom", message: "must list origins such as https://app.acme.com" });
  return known;
});

/** An address, or a network as `10.0.0.0/8`. */
const isNetwork = (text: string): boolean => {
  const [, address = "", bits = "1"] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const kind = isIP(address);
  return kind > 0 && Number(bits) >= 1 && Number(bits) <= (kind === 4 ? 32 : 128);
};

const isProxyList = (text: string): boolean =>
  text.split(",").every((part) => /^(loopback|linklocal|uniquelocal)$/.test(part.trim()) || isNetwork(part.trim()));

export const proxies = z
  .string()
  .transform((text) => (/^(true|on|1)$/.test(text) ? true : /^(false|off|0)$/.test(text) ? false : text))
  .refine(
    (set) => typeof set === "boolean" || isProxyList(set),
    "must be true, false, or addresses such as 10.0.0.1,10.1.0.0/16",
  );

export const documentModes = z.string().superRefine((text, context) => {
  const read = readModes(text);
  if (typeof read === "string") context.addIssue({ code: "custom", message: read });
});

/** By a refinement, since what fails one is not repeated. */
export const secret = z.string().refine((text) => text.length >= 16, "must have at least 16 characters");

export const redisUrl = z
  .string()
  .refine(
    (text) => /^rediss?:\/\/[^/?]+(\/\d*)?(\?.*)?$/.test(text) && URL.canParse(text),
    "must be a URL such as redis://localhost:6379, or redis://localhost:6379/1 for another database",
  );
