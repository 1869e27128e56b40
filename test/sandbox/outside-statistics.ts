import { affiliate, day, dayFirst, days, type Ids, type OutsideCall, row, span } from "./outside-reads.js";

/** Reports of the Go SDK: lists without brackets, only what is set. */
const goReports: Record<string, OutsideCall["reads"]> = {
  getbydate: { "stats[].slice.year": "int", "stats[].slice.month": "int", "stats[].slice.day": "int" },
  getbyhour: { "stats[].slice.hour": "int" },
  getbyprogram: { "stats[].slice.offer.id": "int", "stats[].slice.offer.offer_id": "text" },
  getbyadvertiser: { "stats[].slice.advertiser.id": "text" },
  getbyaccountmanager: { "stats[].slice.advertiser_manager_id.first_name": "text" },
  getbyaffiliatemanager: { "stats[].slice.affiliate_manager_id.last_name": "text" },
  getbypartner: { "stats[].slice.affiliate.id": "int", "stats[].slice.affiliate.login": "text" },
  getbypartnerbydate: { "stats[].slice.affiliate.id": "int", "stats[].slice.day": "int" },
  getbycountries: { "stats[].slice.country": "text" },
  getbybrowsers: { "stats[].slice.browser": "text" },
  getbybrowsersversion: { "stats[].slice.browser_version": "text" },
  getbylanding: { "stats[].slice.landing": "text", "stats[].landings_info.*.url": "text" },
  getbyprelanding: { "stats[].slice.prelanding": "any", "stats[].landings_info.*.title": "text" },
  getbymobilecarrier: { "stats[].slice.isp": "text" },
  getbyconnectiontype: { "stats[].slice.conn_type": "text" },
  getbyos: { "stats[].slice.os": "text" },
  getbyversions: { "stats[].slice.os_version": "text" },
  getbydevices: { "stats[].slice.device": "text" },
  getbydevicemodels: { "stats[].slice.device_model": "text" },
  getbygoal: { "stats[].slice.goal": "text" },
  getbycities: { "stats[].slice.city": "text" },
};

/** The one kind of manager that may see statistics by browser. */
const keyFor = (name: string) => (name.includes("browser") ? "sandbox-account-manager" : undefined);

export const goStatistics = (ids: Ids): OutsideCall[] => [
  ...Object.entries(goReports).map(
    ([name, slice]): OutsideCall => ({
      client: "go",
      key: keyFor(name),
      call: `GET /3.0/stats/${name}?${days}&filter%5Bnonzero%5D=0&limit=5&locale=en&orderType=asc`,
      reads: { ...row, ...slice },
    }),
  ),
  ...Object.keys(goReports).map(
    (name): OutsideCall => ({
      client: "go",
      key: keyFor(name),
      call: `GET /3.0/stats/${name}?filter%5Badvertiser%5D=${ids.advertiser}&filter%5Badvertiser_tag%5D=a%2Cb&filter%5Bcountry%5D=US&filter%5Bcountry%5D=DE&filter%5Bcurrency%5D=USD&${days}&filter%5Bdevice%5D=mobile&filter%5Bgoal%5D=1&filter%5Bmanager%5D=${ids.manager}&filter%5Boffer%5D=1&filter%5Bos%5D=Android&filter%5Bpartner%5D=2&filter%5Bsub1%5D=fb&filter%5Bsub8%5D=x&limit=10&page=1&timezone=Europe%2FBerlin`,
      reads: { stats: "list", "pagination.total_count": "int" },
    }),
  ),
  {
    client: "go",
    call: `GET /3.0/stats/custom?conversionTypes=total&conversionTypes=confirmed&${days}&slice=year&slice=month&slice=day`,
    reads: { ...row, "stats[].slice.day": "int" },
  },
  {
    client: "go",
    call: `GET /3.0/stats/getbysub?${days}&filter%5Boffer%5D=1&limit=1&locale=en&orderType=asc`,
    key: affiliate,
    reads: { "stats[].slice.sub1": "text", "stats[].actions.total.count": "int" },
  },
  {
    client: "go",
    call: `GET /3.0/stats/getbytrafficback?${days}&filter%5Bos%5D=Android&filter%5Bdevice%5D=mobile&filter%5Bgoal%5D=1&filter%5Bsub1%5D=x&limit=1`,
    reads: { status: "int", stats: "list" },
  },
  {
    client: "go",
    call: `GET /3.0/stats/conversions?date_from=${day(20)}`,
    reads: {
      "conversions[].id": "text",
      "conversions[].offer_id": "int",
      "conversions[].offer.id": "int",
      "conversions[].partner.id": "int",
      "conversions[].partner_id": "int",
      "conversions[].advertiser.id": "text",
      "conversions[].supplier_id": "text",
      "conversions[].is_paid": "text",
      "conversions[].payment_status": "text",
      "conversions[].revenue": "float",
      "conversions[].payouts": "float",
      "conversions[].earnings": "float",
      "conversions[].sum": "float",
      "conversions[].goal_value": "text",
      "conversions[].city_id": "int",
      "conversions[].landing_id": "int",
      "conversions[].sub8": "text",
    },
  },
  {
    client: "go",
    call: `GET /3.0/stats/conversions?advertiser=${ids.advertiser}&country=US&country=DE&currency=2&date_from=${day(5)}&date_to=${day(0)}&offer=1&offer=2&partner=2&payouts=1.5&raw_export=1&revenue=2.5&status=1&status=4&subid1=fb&update_from_date=${day(9)}`,
    reads: { conversions: "list" },
  },
  {
    client: "go",
    call: "GET /3.0/stats/find-subs?limit=2&page=1&sub1=f",
    key: affiliate,
    reads: { subs: "list" },
  },
  {
    client: "go",
    call: `GET /3.0/stats/serverpostbacks?action_id=x&date_from=${day(9)}&date_to=${day(0)}&supplier=${ids.advertiser}&status=1&timezone=UTC`,
    reads: { postbacks: "list" },
  },
  {
    client: "go",
    call: `GET /3.0/stats/affiliatepostbacks?date_from=${day(9)}&date_to=${day(0)}&http_code=200&offer=1&partner=2&status=1`,
    reads: { postbacks: "list" },
  },
  {
    client: "go",
    call: "GET /3.1/stats/caps?offer_id=1&offer_id=2",
    reads: { "stats[].offer_id": "int", "stats[].stats[].id": "text", "stats[].stats[].is_remaining": "flag" },
  },
  {
    client: "go",
    call: `GET /3.0/stats/getreferralpayments?date_from=${dayFirst(90)}&date_to=${dayFirst(0)}&is_paid=1`,
    reads: {
      "ref_payments[].pid": "text",
      "ref_payments[].is_paid": "text",
      "ref_payments[].sum_revenue": "text",
      "ref_payments[].count": "text",
    },
  },
  {
    client: "go",
    call: `GET /3.0/stats/retentionrate?base_event=install&date_from=${day(9)}&date_to=${day(0)}&events=sale&offer=1`,
    reads: { stats: "list" },
  },
  {
    client: "go",
    call: `GET /3.0/stats/time-to-action?affiliate_ids=1&affiliate_ids=2&date_from=${day(9)}&date_to=${day(0)}&offer_id=1&timezone=UTC`,
    reads: { "data[].clicks": "int", "data[].tta_600": "int" },
  },
];

/** The MCP client: lists in brackets, `api-key` in small letters, JSON named on a GET. */
export const mcp = (ids: Ids): OutsideCall[] => {
  const custom = `slice[]=offer&slice[]=day&filter[date_from]=${day(20)}&filter[date_to]=${day(0)}`;
  const filters = [
    "country",
    "city",
    "currency",
    "goal",
    "os",
    "device",
    "sub1",
    "sub2",
    "sub3",
    "sub4",
    "sub5",
    "sub6",
    "sub7",
    "sub8",
  ];
  const tags = "filter[advertiser_tag]=a&filter[affiliate_tag]=b&filter[offer_tag]=c";
  return [
    {
      client: "mcp",
      call: `GET /3.0/stats/custom?${custom}&fields[]=clicks&fields[]=hosts&fields[]=earnings&fields[]=income&fields[]=noincome&fields[]=payouts&fields[]=conversions&fields[]=cr&fields[]=affiliate_epc&fields[]=ratio&fields[]=epc&fields[]=trafficback&fields[]=afprice&conversionTypes[]=confirmed&conversionTypes[]=total&page=1&limit=100&orderType=desc&order[]=confirmed_earning`,
      reads: {
        "stats[].cr.confirmed": "float",
        "stats[].cr.total": "float",
        "stats[].slice.offer.title": "text",
        "stats[].actions.confirmed.count": "int",
        "stats[].clicks_income": "float",
        "stats[].clicks_earnings": "float",
      },
    },
    {
      client: "mcp",
      call: `GET /3.0/stats/custom?${custom}&page=1&limit=500&${filters.map((name) => `filter[${name}][]=x`).join("&")}&filter[offer][]=1&filter[offer][]=2&filter[supplier][]=${ids.advertiser}&filter[partner][]=2&filter[manager][]=${ids.manager}&filter[affiliate_manager_id][]=${ids.manager}&filter[advertiser_manager_id][]=${ids.manager}&filter[payment_status][]=opened&filter[nonzero]=1&${tags}&filter[shave]=0&locale=pt&timezone=Europe/Moscow`,
      reads: { stats: "list" },
    },
    {
      client: "mcp",
      call: `GET /3.0/stats/conversions?${span}&status[]=1&status[]=4&status[]=6&offer[]=1&partner[]=2&advertiser[]=${ids.advertiser}&supplier[]=${ids.advertiser}&country[]=US&city[]=x&os[]=iOS&device[]=mobile&device_type[]=mobile&browser[]=x&goal[]=1&sub1[]=x&sub8[]=x&fraud_type[]=x&action_id=x&clickid=x&promocode=x&imp_id=x&invoice_id=x&user_id=x&offer_tag=a&affiliate_tag=a&advertiser_tag=a&payment_status=opened&fraud_risk_level=low&decline_reason=by_manager&time_from=00:00:00&time_to=23:00:00&currency=2&timezone=UTC&smart_id=direct_traffic&payouts_from=1&payouts_to=2&shave=0&page=1&limit=1000&order=created_at&orderType=desc&fields=id,status`,
      reads: { conversions: "list" },
    },
    {
      client: "mcp",
      call: `GET /3.0/stats/conversionsbyid?id=${ids.conversion}&timezone=UTC`,
      reads: { "conversion.id": "text", statusCode: "int" },
    },
    {
      client: "mcp",
      call: `GET /3.0/stats/getbytrafficback?filter[date_from]=${day(9)}&filter[date_to]=${day(0)}&page=1&limit=500&orderType=desc&${filters
        .filter((name) => name !== "city")
        .map((name) => `filter[${name}][]=x`)
        .join(
          "&",
        )}&filter[advertiser][]=${ids.advertiser}&filter[advertiser_manager_id][]=${ids.manager}&filter[offer][]=1&filter[manager][]=${ids.manager}&filter[partner][]=2&${tags}&locale=en&timezone=UTC`,
      reads: { stats: "list" },
    },
    { client: "mcp", call: "GET /3.0/balance", key: affiliate, reads: { balance: "map" } },
  ];
};
