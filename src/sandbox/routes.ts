import { adCost } from "./ad-cost.js";
import { advertiser } from "./advertiser.js";
import { advertiserAuth } from "./advertiser-auth.js";
import { affiliate } from "./affiliate.js";
import { automation } from "./automation.js";
import { cap } from "./cap.js";
import { category } from "./category.js";
import { click } from "./click.js";
import { conversion } from "./conversion.js";
import { conversionWrite } from "./conversion-write.js";
import { creative } from "./creative.js";
import { invoice } from "./invoice.js";
import { news } from "./news.js";
import { offer } from "./offer.js";
import { offerAccess } from "./offer-access.js";
import { offerOwn } from "./offer-own.js";
import { payment } from "./payment.js";
import { pixel } from "./pixel.js";
import { postback } from "./postback.js";
import { postbackLog } from "./postback-log.js";
import { preset } from "./preset.js";
import { productFeed } from "./product-feed.js";
import { promocode } from "./promocode.js";
import { reference } from "./reference.js";
import { report } from "./report.js";
import type { Routes } from "./route.js";
import { smartlink } from "./smartlink.js";
import { source } from "./source.js";
import { statistics } from "./statistics.js";
import { ticket } from "./ticket.js";
import { user } from "./user.js";

/** Every handler of the sandbox by its operation. */
export const routes: Routes = {
  ...offer,
  ...offerAccess,
  ...creative,
  ...category,
  ...source,
  ...cap,
  ...affiliate,
  ...advertiser,
  ...user,
  ...smartlink,
  ...ticket,
  ...statistics,
  ...click,
  ...conversion,
  ...conversionWrite,
  ...adCost,
  ...advertiserAuth,
  ...automation,
  ...invoice,
  ...news,
  ...offerOwn,
  ...payment,
  ...pixel,
  ...postback,
  ...postbackLog,
  ...preset,
  ...productFeed,
  ...promocode,
  ...reference,
  ...report,
};
