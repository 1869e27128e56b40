import type { PixelModerationStatus, Resolvers } from "../../generated/schema.js";
import { creating, deleting, updating } from "../mutation/single.js";
import { type ColumnWriter, idTo, int, zeroOne } from "../mutation/write.js";

const ways: Record<string, ColumnWriter> = {
  offerId: idTo("offer_id", int),
  affiliateId: idTo("pid", int),
  moderationStatus: (status: PixelModerationStatus) => ({ moderation_status: Number(status) }),
  isActive: zeroOne("is_active"),
};

export const Mutation = {
  createPixel: creating("POST /3.0/partner/pixel", ways, ({ pixel }) => ({ pixel })),
  updatePixel: updating("POST /3.0/partner/pixel/{id}", int, ways, ({ pixel }) => ({ pixel })),
  deletePixel: deleting(int, (call, path) => call("DELETE /3.0/partner/pixel/{id}/remove", { path })),
} satisfies Resolvers["Mutation"];
