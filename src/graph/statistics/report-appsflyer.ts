import type { Input } from "../../contract/operation.js";
import type { Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { connection } from "../column/connection.js";
import { record } from "../column/decode.js";
import { deviceTypeIn } from "../column/device.js";
import { numberedColumns, numberedFields, subs } from "../column/numbered.js";
import { ids, int, period } from "../mutation/write.js";

type Asked = Input<"GET /3.0/appsflyer_stats/getbyslice">["query"];

export const Query = {
  appsflyerStatistics: (_, { by, filter, orderBy, ...rest }, { load }) => {
    const query: Asked = {
      slice: by as Asked["slice"],
      filter: {
        ...period(rest),
        app_id: filter?.appIds,
        event_name: filter?.events,
        country_code: filter?.countries,
        city_id: ids(int, filter?.cityIds, "filter.cityIds"),
        os: filter?.oses,
        device_type: filter?.devices,
        isp: filter?.isps,
        campaign_id: filter?.campaignIds,
        language: filter?.languages,
        ...numberedColumns(subs(5), filter?.subs, "filter.subs", ({ values }) => values),
      },
      sort: orderBy?.field,
      order: orderBy?.direction,
    };
    return connection(rest, load.pages.appsflyer({ query }), { usual: 100 });
  },
} satisfies Resolvers["Query"];

export const AppsflyerRow = {
  slice: (row) => record(row.slice) ?? {},
} satisfies Resolvers["AppsflyerRow"];

export const AppsflyerKey = {
  event: column("event_name"),
  device: ({ device }) => deviceTypeIn(device),
  ...numberedFields("sub", subs(5)),
} satisfies Resolvers["AppsflyerKey"];
