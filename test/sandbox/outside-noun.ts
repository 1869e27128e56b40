import { affiliate, day, type Ids, type OutsideCall, offer, partner, user } from "./outside-reads.js";

export const goNouns = (ids: Ids): OutsideCall[] => [
  { client: "go", call: "GET /3.0/offers?", reads: offer },
  {
    client: "go",
    call: `GET /3.0/offers?advertiser=${ids.advertiser}&bundle_id=com.x&categories=${ids.category}&countries=US&ids=5f58ad83134ed08c008b4569&int_id=1&is_top=1&limit=10&os=iOS&page=1&privacy=0&q=a&status=active&updated_at=${day(90)}`,
    reads: { offers: "list" },
  },
  {
    client: "go",
    call: "GET /3.0/offer/1",
    reads: {
      "offer.id": "int",
      "offer.advertiser": "text",
      "offer.reject_not_uniq_ip": "flag",
      "offer.io_document": "flag",
      "offer.caps_timezone": "text",
    },
  },
  {
    client: "go",
    call: "GET /3.0/offer/categories?limit=5&page=1",
    reads: { "categories[].id": "text", "categories[].title": "text" },
  },
  { client: "go", call: "GET /3.0/offers/count", reads: { count: "int" } },
  {
    client: "go",
    call: "GET /3.0/admin/offer/sources",
    reads: { "sources[].id": "text", "sources[].allowed": "int", "sources[].title_lang": "map" },
  },
  {
    client: "go",
    call: "GET /3.0/admin/partners?id=2&id=1&limit=10&page=1&status_partner=1&with_balance=1",
    reads: partner("partners[]"),
  },
  { client: "go", call: "GET /3.0/admin/partner/1", reads: partner("partner") },
  { client: "go", call: "GET /3.0/admin/partner/1/referrals", reads: { status: "int" } },
  {
    client: "go",
    call: "GET /3.0/admin/postbacks?limit=5&partner_id=1",
    reads: { "postbacks[].id": "int", "postbacks[].url": "text" },
  },
  {
    client: "go",
    call: "GET /3.0/admin/advertisers?limit=2&order=title&orderType=desc&page=1",
    reads: { "advertisers[].id": "text", "advertisers[].title": "text", "advertisers[].sub_accounts": "any" },
  },
  {
    client: "go",
    call: `GET /3.0/admin/advertiser/${ids.advertiser}`,
    reads: { "advertiser.id": "text", "advertiser.hash_password": "text" },
  },
  {
    client: "go",
    call: `GET /3.0/admin/advertiser-invoices?end_date=${day(0)}&limit=5&page=1&start_date=${day(300)}&status=unpaid`,
    reads: {
      "message[].number": "int",
      "message[].supplier_id": "text",
      "message[].detail[].offer_id": "int",
      "message[].status": "text",
    },
  },
  {
    client: "go",
    call: `GET /3.0/admin/advertiser-invoice/${ids.invoice}`,
    reads: { "message.number": "int", "message.currency": "text" },
  },
  { client: "go", call: "GET /3.0/admin/users?limit=2&page=1&q=a", reads: user("users[]") },
  { client: "go", call: `GET /3.0/admin/user/${ids.user}`, reads: user("user") },
  { client: "go", call: "GET /3.1/presets?limit=5&page=1", reads: { "presets[].id": "text", "presets[].permissions": "map" } },
  { client: "go", call: "GET /3.1/cities?code=1%2C2&country=US&q=a", reads: { cities: "list" } },
  { client: "go", call: "GET /3.1/devices", reads: { types: "list" } },
  { client: "go", call: "GET /3.1/browsers", reads: { browsers: "list" } },
  { client: "go", call: "GET /3.0/admin/currency?get_only_active=1", reads: { "quotes.*": "float" } },
  {
    client: "go",
    call: "GET /3.0/admin/currency?extended=1",
    reads: { "quotes[]._id": "int", "quotes[].active": "flag", "quotes[].is_crypto": "flag" },
  },
  {
    client: "go",
    call: "GET /3.0/admin/payment_systems",
    reads: { "payment_systems[].id": "int", "payment_systems[].lang_label": "text" },
  },
  { client: "go", call: "GET /3.0/admin/custom_fields", reads: { "fields[].id": "int", "fields[].required": "flag" } },
  { client: "go", call: "GET /3.0/admin/domains", reads: { "domains[].id": "int", "domains[].use_https": "flag" } },
  {
    client: "go",
    call: "GET /3.0/admin/tickets?limit=5&page=1&status=open",
    reads: {
      "tickets[].id": "text",
      "tickets[].comments.answers": "int",
      "tickets[].partner.id": "int",
      "tickets[].offer.id": "int",
    },
  },
  {
    client: "go",
    call: `GET /3.0/admin/ticket/${ids.ticket}`,
    reads: { "ticket.id": "text", "ticket.status": "text", "ticket.created": "text" },
  },
  {
    client: "go",
    call: "GET /3.0/partner/pixels/1",
    reads: { "pixel.*.id": "int", "pixel.*.pid": "text", "pixel.*.is_active": "text", "pixel.*.moderation_status": "text" },
  },
  {
    client: "go",
    call: `GET /3.0/admin/smartlink/categories?id=${ids.smartlink}`,
    reads: { "data[]._id": "text", "data[].created_at": "text" },
  },
  { client: "go", call: "GET /3.1/isp?country=US&q=a", reads: { "isps[].country": "text" } },
  { client: "go", call: "GET /3.1/countries", reads: { "countries[].code": "text" } },
  { client: "go", call: "GET /3.1/regions?country=US", reads: { "regions[].id": "int" } },
  { client: "go", call: "GET /3.1/connection-types", reads: { types: "list" } },
  { client: "go", call: "GET /3.1/vendors?q=s", reads: { vendors: "list" } },
  { client: "go", call: "GET /3.1/oses/Firefox%20OS", reads: { versions: "list" } },
];

export const goAffiliate = (ids: Ids): OutsideCall[] => {
  const own: OutsideCall[] = [
    {
      client: "go",
      call: "GET /3.1/partner/me",
      reads: {
        "user.id": "text",
        "user.email": "text",
        "user.type": "text",
        "user.created_at": "text",
        "user.permissions": "map",
      },
    },
    {
      client: "go",
      call: `GET /3.0/partner/offers?categories=${ids.category}&countries=US&ids=5f58ad83134ed08c008b4569&int_id=1&limit=2&page=1&q=a`,
      reads: { offers: "list" },
    },
    {
      client: "go",
      call: "GET /3.0/partner/offers?limit=5",
      reads: { "offers[].id": "int", "offers[].payments[].currency": "text" },
    },
    { client: "go", call: "GET /3.0/partner/live-offers?limit=2", reads: { "offers[].id": "int" } },
    { client: "go", call: "GET /3.0/news?fixed=1&limit=5&skip=0", reads: { "items.*.title": "text" } },
    { client: "go", call: `GET /3.0/news/${ids.news}`, reads: { "news.title": "text", "news.created_at.sec": "int" } },
    { client: "go", call: "GET /3.0/partner/pixels", reads: { "pixel.*.id": "int", "pixel.*.pid": "text" } },
    {
      client: "php",
      call: "GET /3.0/balance",
      reads: { "balance.balance.USD": "float", "balance.hold.USD": "float", "balance.available.USD": "float" },
    },
    { client: "go", call: `GET /3.0/partner/smartlink/categories?id=${ids.smartlink}`, reads: { data: "list" } },
  ];
  return own.map((one) => ({ ...one, key: affiliate }));
};
