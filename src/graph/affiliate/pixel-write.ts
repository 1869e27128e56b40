import type { Input } from "../../contract/operation.js";
import type { MutationResolvers, PixelModerationStatus } from "../../generated/schema.js";
import { deleting } from "../mutation/deletion.js";
import { type ColumnWriter, columns, int, zeroOne } from "../mutation/write.js";

const ways: Record<string, ColumnWriter> = {
  offerId: (id: string, argument) => ({ offer_id: int(id, argument) }),
  affiliateId: (id: string, argument) => ({ pid: int(id, argument) }),
  moderationStatus: (status: PixelModerationStatus) => ({ moderation_status: Number(status) }),
  isActive: zeroOne("is_active"),
};

type Create = Input<"POST /3.0/partner/pixel">["body"];
type Update = Input<"POST /3.0/partner/pixel/{id}">["body"];

export const Mutation = {
  createPixel: async (_, { input }, { call }) => {
    const { pixel } = await call("POST /3.0/partner/pixel", { body: columns(input, ways) as Create });
    return { pixel };
  },

  updatePixel: async (_, { input: { id, ...changes } }, { call }) => {
    const path = { id: int(id, "input.id") };
    const { pixel } = await call("POST /3.0/partner/pixel/{id}", { path, body: columns(changes, ways) as Update });
    return { pixel };
  },

  deletePixel: deleting(int, (call, path) => call("DELETE /3.0/partner/pixel/{id}/remove", { path })),
} satisfies MutationResolvers;
