/** In what the sandbox knowingly differs from Affise, or does not know how Affise does it. What GET /sandbox/unlike answers. */
export const unlike = {
  about:
    "Nothing here was compared with a live Affise. Forms are those recorded by Affise's own clients; where nothing is recorded they are the reference's.",
  refused: [
    "Unknown parameters are refused by every operation with the words of Affise's form binder. Seen for stats/conversions and tracking-link; for the rest it is taken to be so.",
    "So are names inside filters, sorts, and the lists and maps of a body, but where the form of what stands inside is not known: restriction_os, restriction_isp, strictly_os, strictly_isp, macros_replacement.",
    "A filter that is for admins only must be right under other keys too, and is then ignored; whether Affise refuses it is not known.",
    "A limit over the maximum is refused; what Affise does is not known.",
    "Texts of refusals are the sandbox's own, but for: Token is necessary, Auth Denied, Resource Not Found, Page Not Found, Bad Request, Method does not allow extra fields, rule trafficback_reason only work.",
    "Custom statistics take six months at the most, conversions 365 days (63 with raw_export), clicks seven days. The fixed reports take any period: nothing is known of theirs.",
    "Affise keeps clicks for seven days; the sandbox answers older ones too.",
  ],
  withoutEffect: {
    "GET /3.0/stats/conversions": ["fields"],
    "GET /3.0/stats/conversionsbyid": ["timezone"],
    "GET /3.0/stats/custom": ["locale"],
    "GET /3.0/admin/partners": ["with_balance", "status_partner"],
    "GET /3.0/stats/retentionrate": ["describe"],
    "POST /3.0/admin/offer": ["strictly_os", "strictly_isp", "send_emails"],
    "POST /3.0/admin/smartlink/category": ["domain_id"],
  },
  matchNothing: [
    "user_id, imp_id and shave=1 of conversions, filter[subaccount_id], filter[balance_type] and filter[shave]=1 of custom statistics: the sandbox's network has none of the features behind them. Affise may refuse them there.",
    "status 4 (not_found) and 6 (banned) of conversions: no conversion has them.",
  ],
  guessed: [
    "An offer's tracking_domain is answered as domain_url.",
    "The forms of the slices week, affiliate_id and sub6 to sub30 in custom statistics; the meaning of the column afprice.",
    "The code 2 of is_paid for closed payments: 1 (opened) and 3 (pending) are recorded.",
    "filter[smart_id] of custom statistics without the slice smart_id is passed over: the reference says that it works only beside it.",
    "Which columns the parameter order of stats/conversions takes.",
    "What the id in the path of POST /3.1/payments/delete/{id} is for: it is removed like those of ids[].",
    "Permissions that operations need: the help center names some.",
  ],
  open: [
    "News are a list here; the SDKs of 2021 read a map by id, the newest client a list.",
    "Custom statistics without fields print the columns of the PHP SDK's fixtures; the Go SDK's recording has slice, traffic and actions alone.",
    "stats/caps prints a list of offers as in the Go SDK's recording; the PHP SDK reads one object.",
    "GET /3.0/balance is three maps by currency, as in the reference and the PHP SDK's fixture; the Go SDK's recording is a map by currency. The newest client speaks of withdrawal and pending.",
    "Retention is {status, stats} as in both SDKs; the reference has a bare list, and the newest client expects rows under data. The bare list comes with the uglier forms of conversions.",
    "Custom statistics print clicks_income and clicks_earnings beside clicks, always as 0: nobody pays for clicks here. Affise refuses them as fields, and prints them where clicks are paid for.",
    "GET /3.0/offers takes the os words of the reference (iOS, Android, …); the Go SDK's comments speak of web, wp, ios and android.",
    "The profile of an affiliate has partner_id as in the PHP SDK's fixture; the Go SDK's recording has none.",
    "Preset creation demands no type: the reference and the PHP SDK do, the Postman collection sends none.",
  ],
  absent: ["CORS headers, gzip, Server, Cache-Control and rate headers", "405 for a wrong method: the sandbox answers 404"],
  forms: "POST /sandbox/forms switches on the uglier forms met in the field, by noun; GET /sandbox lists them.",
} as const;
