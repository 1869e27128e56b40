import { advertiser } from "./advertiser.js";
import { affiliate } from "./affiliate.js";
import { cap } from "./cap.js";
import { category } from "./category.js";
import { conversion } from "./conversion.js";
import { conversionWrite } from "./conversion-write.js";
import { creative } from "./creative.js";
import { offer } from "./offer.js";
import { offerAccess } from "./offer-access.js";
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
  ...conversion,
  ...conversionWrite,
};
