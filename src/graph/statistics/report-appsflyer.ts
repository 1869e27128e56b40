import type { Input } from "../../affise/operation.js";
import type { AppsflyerKeyResolvers, AppsflyerRowResolvers, QueryResolvers } from "../../generated/schema.js";
import { connection } from "../column/connection.js";
import { from, record } from "../column/read.js";
import { given, ids, int, period } from "../mutation/write.js";

type Asked = Input<"GET /3.0/appsflyer_stats/getbyslice">["query"];

export const Query = {
  appsflyerStatistics: (_, { by, filter, orderBy, first, after, ...days }, { call }) => {
    const query: Asked = {
      slice: by as Asked["slice"],
      filter: {
        ...period(days),
        app_id: given(filter?.appIds),
        event_name: given(filter?.events),
        country_code: given(filter?.countries),
        city_id: ids(int, filter?.cityIds, "filter.cityIds"),
        os: given(filter?.oses),
        device_type: given(filter?.devices),
        isp: given(filter?.isps),
        campaign_id: given(filter?.campaignIds),
        language: given(filter?.languages),
        sub1: given(filter?.sub1),
        sub2: given(filter?.sub2),
        sub3: given(filter?.sub3),
        sub4: given(filter?.sub4),
        sub5: given(filter?.sub5),
      },
      sort: given(orderBy?.field),
      order: given(orderBy?.direction),
    };
    return connection(
      { first, after },
      async (page) => {
        const { stats, pagination } = await call("GET /3.0/appsflyer_stats/getbyslice", { query: { ...query, ...page } });
        return { rows: stats, total: pagination.total_count };
      },
      { usual: 100 },
    );
  },
} satisfies QueryResolvers;

export const AppsflyerRow = {
  slice: (row) => record(row.slice) ?? {},
} satisfies AppsflyerRowResolvers;

export const AppsflyerKey = { event: from("event_name") } satisfies AppsflyerKeyResolvers;
