// The five workloads in both schemas, and what a right answer to them holds.
const range = (length, make) => Array.from({ length }, (_, index) => make(index));
const cursor = (place) => Buffer.from(`row ${place}`).toString("base64url");

const pages = range(10, (index) => index);
const ids = range(500, (index) => String(1 + ((index * 37) % 1000)));
const tens = ids.map((_, index) =>
  Object.fromEntries(range(10, (place) => [`a${place}`, String(1 + ((index * 37 + place * 91) % 1000))])),
);

const tenVariables = range(10, (place) => `$a${place}: ID!`).join(", ");
const tenFields = range(10, (place) => `a${place}: offer(id: $a${place}) { id title status }`).join(" ");

const list = (ours, textbook) => ({
  ours: `query Offers($after: String) { offers(first: 100, after: $after) { nodes { ${ours} } } }`,
  textbook: `query Offers($page: Int) { offers(page: $page, limit: 100) { ${textbook} } }`,
  oursVariables: pages.map((page) => ({ after: page ? cursor(page * 100 - 1) : null })),
  textbookVariables: pages.map((page) => ({ page: page + 1 })),
  rest: (index) => `/3.0/offers?page=${pages[index] + 1}&limit=100`,
  rows: ({ offers }) => offers.nodes ?? offers,
  wire: ({ offers }) => offers,
});

const plainOffer = (row) => [String(row.id), row.title, row.status];
const withAdvertiser = (row) => [...plainOffer(row), row.advertiser.companyName ?? row.advertiser.title, row.advertiser.email];
const withManager = (row) => {
  const { manager } = row.advertiser;
  return [...withAdvertiser(row), manager.firstName ?? manager.first_name, manager.email];
};
const withPayouts = (row) => {
  const [payout] = row.payouts ?? row.payments;
  const created = (row.createdAt ?? row.created_at).replace("T", " ");
  return [
    ...plainOffer(row),
    row.url,
    created,
    ...row.tags,
    ...payout.countries,
    payout.income ?? payout.total,
    payout.currency.toLowerCase(),
  ];
};

/** `values` gives what one row must show, from our rows, the textbook's and the wire's alike. */
export const workloads = {
  W1: { about: "100 offers: id title status", ...list("id title status", "id title status"), values: plainOffer },
  W2: {
    about: "W1 and each offer's advertiser",
    ...list("id title status advertiser { companyName email }", "id title status advertiser { title email }"),
    values: withAdvertiser,
  },
  W3: {
    about: "W2 and each advertiser's manager",
    ...list(
      "id title status advertiser { companyName email manager { firstName email } }",
      "id title status advertiser { title email manager { first_name email } }",
    ),
    values: withManager,
  },
  W4: {
    about: "one offer by id, with payouts",
    ours: "query One($id: ID!) { offer(id: $id) { id title status url tags conversionRate epc createdAt payouts { countries income payout currency type } } }",
    textbook:
      "query One($id: ID!) { offer(id: $id) { id title status url tags cr epc created_at payments { countries total revenue currency type } } }",
    oursVariables: ids.map((id) => ({ id })),
    textbookVariables: ids.map((id) => ({ id })),
    rest: (index) => `/3.0/offers?limit=1&int_id[]=${ids[index]}`,
    rows: ({ offer }) => [offer],
    wire: ({ offers }) => offers,
    values: withPayouts,
  },
  W5: {
    about: "ten offers by id, in one query",
    ours: `query Ten(${tenVariables}) { ${tenFields} }`,
    textbook: `query Ten(${tenVariables}) { ${tenFields} }`,
    oursVariables: tens,
    textbookVariables: tens,
    rest: (index) =>
      `/3.0/offers?limit=10&${Object.values(tens[index])
        .map((id) => `int_id[]=${id}`)
        .join("&")}`,
    rows: (data) => Object.values(data),
    wire: ({ offers }) => offers,
    values: plainOffer,
  },
};

/** The bodies that a load of a workload goes round in. */
export const bodiesOf = (name, server) => {
  const workload = workloads[name];
  const variables = server === "textbook" ? workload.textbookVariables : workload.oursVariables;
  return variables.map((one) => JSON.stringify({ query: workload[server === "textbook" ? "textbook" : "ours"], variables: one }));
};

const write = JSON.stringify({
  query:
    "mutation Stop($ids: [ID!]!) { updateOffers(input: { changes: [{ offerIds: $ids, status: STOPPED }] }) { results { offerId } } }",
  variables: { ids: ["1"] },
});

/** Reads of all five workloads, the small ones more often; every twentieth request writes. */
export const mixedBodies = (count = 400) => {
  const often = ["W4", "W4", "W4", "W4", "W5", "W5", "W1", "W2", "W3"];
  return range(count, (index) => {
    if (index % 20 === 19) return write;
    const bodies = bodiesOf(often[index % often.length], "ours");
    return bodies[(index * 7) % bodies.length];
  });
};

const get = async (upstream, path) => (await fetch(upstream + path, { headers: { "API-Key": "bench" } })).json();

/** Throws unless a server answers a workload with the upstream's own values. */
export const checkAnswer = async (name, server, url, upstream) => {
  const workload = workloads[name];
  for (const index of [0, 3, 7]) {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "api-key": "bench" },
      body: bodiesOf(name, server)[index],
    });
    const { data, errors } = await answer.json();
    if (errors) throw new Error(`${name}, ${server}: ${JSON.stringify(errors[0])}`);
    const { advertisers } = await get(upstream, "/3.0/admin/advertisers?limit=500");
    const { users } = await get(upstream, "/3.0/admin/users?limit=500");
    const joined = (row) => {
      const advertiser = advertisers.find(({ id }) => id === row.advertiser);
      return { ...row, advertiser: { ...advertiser, manager: users.find(({ id }) => id === advertiser.manager) } };
    };
    const wanted = JSON.stringify(
      workload
        .wire(await get(upstream, workload.rest(index)))
        .map(joined)
        .map(workload.values),
    );
    const found = JSON.stringify(workload.rows(data).map((row) => workload.values({ ...row, status: row.status.toLowerCase() })));
    if (found !== wanted) throw new Error(`${name}, ${server}: ${found.slice(0, 300)} instead of ${wanted.slice(0, 300)}`);
  }
};
