import type { Routes } from "../model/route.js";
import { adCost } from "./advertiser/ad-cost.js";
import { advertiser } from "./advertiser/advertiser.js";
import { advertiserAuth } from "./advertiser/advertiser-auth.js";
import { invoice } from "./advertiser/invoice.js";
import { affiliate } from "./affiliate/affiliate.js";
import { news } from "./affiliate/news.js";
import { pixel } from "./affiliate/pixel.js";
import { postback } from "./affiliate/postback.js";
import { postbackLog } from "./affiliate/postback-log.js";
import { ticket } from "./affiliate/ticket.js";
import { click } from "./conversion/click.js";
import { conversion } from "./conversion/conversion.js";
import { conversionWrite } from "./conversion/conversion-write.js";
import { automation } from "./network/automation.js";
import { reference } from "./network/reference.js";
import { cap } from "./offer/cap.js";
import { category } from "./offer/category.js";
import { creative } from "./offer/creative.js";
import { offer } from "./offer/offer.js";
import { offerAccess } from "./offer/offer-access.js";
import { offerOwn } from "./offer/offer-own.js";
import { productFeed } from "./offer/product-feed.js";
import { promocode } from "./offer/promocode.js";
import { smartlink } from "./offer/smartlink.js";
import { source } from "./offer/source.js";
import { payment } from "./payment/payment.js";
import { report } from "./statistics/report.js";
import { statistics } from "./statistics/statistics.js";
import { preset } from "./user/preset.js";
import { user } from "./user/user.js";

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
