import { withFieldNames } from "../../affise/error/caller-words.js";
import { badInput } from "../../affise/error/error.js";
import type { Context } from "../../context.js";
import type { AddCreativesInput, Resolvers } from "../../generated/schema.js";
import { list, rows, text } from "../column/decode.js";
import { file, maxFileBytes, picture } from "../mutation/file.js";
import { keyed } from "../mutation/keyed.js";
import { refusedBy, unknownFate } from "../mutation/outcome.js";
import { reread } from "../mutation/reread.js";
import { manyIn } from "../mutation/settle.js";
import { int } from "../mutation/write.js";
import type { OfferBody } from "./offer-body.js";

/** An offer's own editing carries its files; the answer is read again, so that it looks like every other offer. */
const editOffer = async (id: number, body: Record<string, unknown>, { call, load }: Context) => {
  await call("POST /3.0/admin/offer/{id}", { path: { id }, body: body as OfferBody });
  return { offer: reread(load.offer, id) };
};

/** Titles travel beside their files by place: once one has a title, the others need theirs too. */
const titles = <T extends { title?: string | null }>(items: readonly T[], usual: (item: T) => string) =>
  items.some(({ title }) => title) ? items.map((item) => item.title || usual(item)) : undefined;

const lastPart = ({ url }: { url: string }) =>
  url
    .replace(/[?#].*$/, "")
    .split("/")
    .findLast(Boolean) ?? url;

const tooMuch = () => badInput("input", "input: the files are too large together; a request may carry 750 kB.");

const creativeColumns = (input: Omit<AddCreativesInput, "offerId">): Record<string, unknown> => {
  const [files, links, downloads, html] = [input.files ?? [], input.links ?? [], input.downloads ?? [], input.html ?? []];
  if (!files.length && !links.length && !downloads.length && !html.length) {
    throw badInput("input", "input: give at least one of files, links, downloads and html.");
  }
  const creativeFiles = files.map((one, index) => file(one.file, `input.files.${index}.file`));
  const creativeAssets: File[] = [];
  const creativesHtml = html.map(({ assets, title, ...page }, index) => {
    const asset_mapping = keyed(assets ?? [], `input.html.${index}.assets`, "macro", (asset, at) => {
      creativeAssets.push(file(asset.file, `${at}.file`));
      return creativeAssets.length - 1;
    });
    return { name: title, ...page, ...(assets?.length ? { asset_mapping } : {}) };
  });
  if ([...creativeFiles, ...creativeAssets].reduce((sum, { size }) => sum + size, 0) > maxFileBytes) throw tooMuch();
  const some = <T>(items: T[]) => (items.length ? items : undefined);
  return {
    creativeFiles: some(creativeFiles),
    creativeFileTitles: titles(files, (one) => one.file.name),
    creativeUrls: some(links.map(({ url }) => url)),
    creativeUrlTitles: titles(links, lastPart),
    creativeDownloads: some(downloads.map(({ url }) => url)),
    creativeDownloadTitles: titles(downloads, lastPart),
    creativesHtml: some(creativesHtml),
    creativeAssets: some(creativeAssets),
  };
};

/** The ids of a list; undefined where it is none. */
const idsIn = (value: unknown): Set<string> | undefined => {
  const ids = list(value)?.map(String);
  return ids?.every((id) => /^\d+$/.test(id)) ? new Set(ids) : undefined;
};

export const Mutation = {
  setOfferLogo: (_, { input }, context) =>
    editOffer(int(input.offerId, "input.offerId"), { logo: picture(input.logo, "input.logo") }, context),

  addCreatives: (_, { input: { offerId, ...creatives } }, context) =>
    editOffer(int(offerId, "input.offerId"), creativeColumns(creatives), context),

  resizeCreatives: (_, { input }, context) => {
    const creatives = input.creatives.map(({ fileName, width, height }) => ({ file_name: fileName, width, height }));
    return editOffer(int(input.offerId, "input.offerId"), { creatives }, context);
  },

  deleteCreatives: async (_, { input }, { call }) => {
    const path = { id: int(input.offerId, "input.offerId") };
    const creatives = manyIn(int, input.creativeIds, "input.creativeIds");
    const operation = "DELETE /3.0/admin/offer/{id}/remove-creative";
    let removed: Set<string> | undefined;
    await creatives.together(async (ids) => {
      const body = withFieldNames({ creatives: ids }, { creatives: "input.creativeIds" });
      removed = idsIn((await call(operation, { path, body })).removed);
    });
    creatives.amend(({ id, argument }) => {
      if (!removed) return unknownFate(operation, "does not tell which creatives were removed", argument);
      if (removed.has(String(id))) return undefined;
      return refusedBy(operation, "NOT_FOUND", `The offer has no creative ${id}.`, argument);
    });
    return { results: creatives.results() };
  },

  updateHtmlCreative: async (_, { input: { offerId, creativeId, title, width, height, code } }, { call }) => {
    const path = { offer_id: int(offerId, "input.offerId"), creative_id: creativeId };
    const body = { name: title, width, height, code };
    const answer = await call("POST /3.0/admin/offer/{offer_id}/creative/html/{creative_id}", { path, body });
    const creatives = rows(answer.creatives);
    return { creatives, creative: creatives.find(({ id }) => text(id) === creativeId) };
  },

  deleteHtmlCreative: async (_, { input: { offerId, creativeId } }, { call }) => {
    const path = { offer_id: int(offerId, "input.offerId"), creative_id: creativeId };
    await call("DELETE /3.0/admin/offer/{offer_id}/creative/html/{creative_id}", { path });
    return { deletedId: creativeId };
  },
} satisfies Resolvers["Mutation"];
