import { day, type Ids, type OutsideCall, partner, user } from "./outside-reads.js";

/** Writes of the Go SDK: everything stands in the query, the body is empty. */
export const goWrites = (ids: Ids): OutsideCall[] => [
  {
    client: "go",
    call: `POST /3.0/admin/offer?advertiser=${ids.advertiser}&title=From+Go&url=https%3A%2F%2Fgo.example&status=stopped&hold_period=3&is_top=1&allow_impressions=1`,
    reads: { "offer.id": "int" },
  },
  { client: "go", call: "POST /3.0/admin/offer/2?title=Go&notes=n&tags=a&tags=b&uniqIpOnly=1", reads: { "offer.title": "text" } },
  { client: "go", call: "POST /3.0/admin/offer/delete?offer_id%5B0%5D=50&offer_id%5B1%5D=51" },
  { client: "go", call: "POST /3.0/offer/enable-affiliate?notice=0&offer_id%5B0%5D=2&offer_id%5B1%5D=3&pid=2" },
  { client: "go", call: "POST /3.0/offer/disable-affiliate?notice=0&offer_id%5B0%5D=2&offer_id%5B1%5D=3&pid=2" },
  { client: "go", call: `POST /3.0/admin/offer/${ids.offer}/disable-affiliates` },
  { client: "go", call: `DELETE /3.0/admin/offer/${ids.offer}/remove-creative?creatives%5B0%5D=1` },
  {
    client: "go",
    call: "POST /3.0/admin/offer/source?title_lang%5Ben%5D=Go&title_lang%5Bes%5D=Go",
    reads: { "source.id": "text", "source.title_lang": "map" },
  },
  { client: "go", call: `POST /3.0/admin/offer/source/${ids.source}?title_lang%5Ben%5D=Renamed`, reads: { "source.id": "text" } },
  { client: "go", call: "POST /3.0/admin/category?title=Go", reads: { "category.id": "text" } },
  { client: "go", call: `POST /3.0/admin/category/${ids.category}?title=Renamed`, reads: { "category.title": "text" } },
  {
    client: "go",
    call: "POST /3.0/admin/partner?country=US&email=go%40aff.example&password=secret12&payment_systems%5B0%5D%5Bcurrency%5D=USD&payment_systems%5B0%5D%5Bsystem_id%5D=1&payment_systems%5B0%5D%5Bfields%5D%5B1%5D=x&ref_percent=3&sub_account_1=a%2Cb",
    reads: { "partner.id": "int" },
  },
  { client: "go", call: "POST /3.0/admin/partner/1?notes=go&ref_percent=5&tags=a", reads: partner("partner") },
  { client: "go", call: "POST /3.0/admin/partners/mass-update?id=2&id=3&status=active" },
  { client: "go", call: "POST /3.0/admin/partner/password/2", reads: { "partner.id": "int" } },
  { client: "go", call: "POST /3.0/admin/partner/2/locale?lang=en&timezone=UTC" },
  {
    client: "go",
    call: "POST /3.0/partner/postback?pid=1&status=by_creating&url=http%3A%2F%2Faffise.com",
    reads: { "postback.id": "int", "postback.pid": "text" },
  },
  {
    client: "go",
    call: `POST /3.0/partner/postback/${ids.postback}?status=confirmed&url=http%3A%2F%2Faffise.com`,
    reads: { "postback.id": "int" },
  },
  { client: "go", call: "DELETE /3.0/partner/postbacks/by-affiliates?ids=50%2C51" },
  { client: "go", call: "DELETE /3.0/partner/postbacks/by-offers?ids=50%2C51" },
  {
    client: "go",
    call: "POST /3.0/admin/advertiser?allowed_ip=127.0.0.1&consider_personal_targeting_only=true&sub_account_1=a&tags=a&tags=b&title=Go",
    reads: { "advertiser.id": "text" },
  },
  {
    client: "go",
    call: `POST /3.0/admin/advertiser/${ids.advertiser}?note=go&sub_account_2_except=1`,
    reads: { "advertiser.id": "text" },
  },
  { client: "go", call: `POST /3.0/admin/advertiser/${ids.advertiser}/sendpass` },
  { client: "go", call: `POST /3.0/admin/advertiser/enable-affiliate?advertisers_id=${ids.advertiser}&pid=2` },
  {
    client: "go",
    call: `POST /3.0/admin/advertiser-invoice?currency=USD&detail%5B0%5D%5Bactions%5D=1&detail%5B0%5D%5Bamount%5D=2&detail%5B0%5D%5Bcomment%5D=c&detail%5B0%5D%5Boffer_id%5D=1&detail%5B0%5D%5Bpayout_type%5D=RPA&end_date=${day(0)}&start_date=${day(9)}&supplier_id=${ids.advertiser}`,
  },
  {
    client: "go",
    call: `POST /3.0/admin/conversion/edit?comment=go&currency=usd&ids=${ids.conversion}&payouts=1&revenue=2&status=confirmed`,
    reads: { "data.status": "text" },
  },
  {
    client: "go",
    call: "POST /3.0/admin/conversion/import?comment=go&offer=1&pid=1&status=confirmed&sum=3",
    reads: { "data.offer": "int", "data.pid": "int" },
  },
  {
    client: "go",
    call: "POST /3.0/admin/conversions/import?list%5B0%5D%5Boffer%5D=1&list%5B0%5D%5Bpid%5D=1&list%5B1%5D%5Boffer%5D=2&list%5B1%5D%5Bpid%5D=1",
    reads: { "data.list": "list" },
  },
  {
    client: "go",
    call: "POST /3.0/partner/pixel?code=%3Cimg+src%3Dx%3E&code_type=image&is_active=1&moderation_status=1&name=Go&offer_id=2&pid=1",
    reads: { "pixel.id": "int", "pixel.pid": "text" },
  },
  {
    client: "go",
    call: `POST /3.0/partner/pixel/${ids.pixel}?code=%3Cimg+src%3Dy%3E&code_type=image&name=Go`,
    reads: { "pixel.id": "int" },
  },
  {
    client: "go",
    call: "POST /3.0/admin/user?email=go%40net.example&first_name=Go&last_name=Pher&password=secret12&roles=ROLE_ADMIN&roles=ROLE_SECTION_OFFER",
    reads: user("user"),
  },
  {
    client: "go",
    call: `POST /3.0/admin/user/${ids.user}?first_name=Go&type=affiliate_manager&work_hours=9-18`,
    reads: user("user"),
  },
  {
    client: "go",
    call: `POST /3.0/admin/user/${ids.user}/password?password=secret12`,
    reads: { "user.id": "text", "user.password": "text" },
  },
  {
    client: "go",
    call: `POST /3.1/user/${ids.user}/permissions`,
    body: { permissions: { stats: { "affiliate-postback": { level: "deny" } } } },
    reads: { permissions: "map" },
  },
  {
    client: "go",
    call: `POST /3.1/presets/${ids.preset}`,
    body: { permissions: { stats: { "affiliate-postback": { level: "deny" } } } },
    reads: { "preset.id": "text" },
  },
];
