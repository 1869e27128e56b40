import { createRandom, objectId } from "../../model/random.js";
import type { Routes } from "../../model/route.js";
import { denied, notFound } from "../../rule/failure.js";
import { listed, page } from "../../rule/paging.js";
import { mayRun } from "../../rule/reach.js";
import { brand } from "../../seed/brand.js";
import { trackingLink } from "../../view/offer.js";

const wares = ["Lamp", "Backpack", "Kettle", "Headphones", "Jacket", "Notebook"];

export const productFeed: Routes = {
  "GET /3.1/product-feed/{product_feed_id}/items": ({ state, caller, path, query }) => {
    const offer = state.offers.get(query.offer_id);
    const affiliate = state.affiliates.get(query.affiliate_id);
    if (!offer || !affiliate) throw notFound();
    if (caller.kind !== "affiliate" || caller.affiliate.id !== affiliate.id || !mayRun(state, offer, affiliate)) throw denied();
    const random = createRandom(`feed:${path.product_feed_id}`);
    const items = wares.map((name, index) => {
      const maker = brand(random);
      const url = `https://${maker.toLowerCase()}.example/p/${index + 1}`;
      return {
        affise_url: `${trackingLink(offer, affiliate.id)}&path=${encodeURIComponent(url)}`,
        availability: "in stock",
        brand: maker,
        brand_sku: "",
        category: "Home",
        client_id: 1,
        currency: "USD",
        description: "",
        id: objectId(`feed:${path.product_feed_id}`, index),
        ...{ image_url: `${url}.jpg`, name: `${maker} ${name}`, price: (random.int(500, 9900) / 100).toFixed(2) },
        ...{ product_feed_id: path.product_feed_id, sku: `SKU-${index + 1}`, subcategory: "", url },
      };
    });
    return listed("data", page(items, {}));
  },
};
