export interface City {
  id: number;
  name: string;
  region: string;
}

export interface Country {
  code: string;
  alpha3: string;
  name: string;
  currency: string;
  isps: readonly string[];
  cities: readonly City[];
}

/** code, alpha-3, name, currency, "city/region" …, "provider" … Providers are invented. */
const table: readonly [string, string, string, string, string, string][] = [
  [
    "US",
    "USA",
    "United States",
    "USD",
    "New York/New York,Chicago/Illinois,Houston/Texas,Phoenix/Arizona,Seattle/Washington",
    "Bluepeak Wireless,Corridor Fiber,Plainsnet",
  ],
  ["CA", "CAN", "Canada", "CAD", "Toronto/Ontario,Montreal/Quebec,Vancouver/British Columbia", "Northline Mobile,Maplewave"],
  ["GB", "GBR", "United Kingdom", "GBP", "London/England,Leeds/England,Glasgow/Scotland", "Harrier Telecom,Kestrel Mobile"],
  ["DE", "DEU", "Germany", "EUR", "Berlin/Berlin,Munich/Bavaria,Hamburg/Hamburg", "Rheinfunk,Nordkabel"],
  ["FR", "FRA", "France", "EUR", "Paris/Ile-de-France,Lyon/Auvergne-Rhone-Alpes,Lille/Hauts-de-France", "Hexafil,Lumitel"],
  ["ES", "ESP", "Spain", "EUR", "Madrid/Madrid,Valencia/Valencia,Seville/Andalusia", "Solmovil,Iberlinea"],
  ["IT", "ITA", "Italy", "EUR", "Rome/Lazio,Milan/Lombardy,Naples/Campania", "Velarete,Onda Mobile"],
  ["NL", "NLD", "Netherlands", "EUR", "Amsterdam/North Holland,Utrecht/Utrecht", "Polderlink"],
  ["PL", "POL", "Poland", "PLN", "Warsaw/Mazovia,Krakow/Lesser Poland", "Wislanet"],
  ["SE", "SWE", "Sweden", "SEK", "Stockholm/Stockholm,Gothenburg/Vastra Gotaland", "Norrskentel"],
  ["BR", "BRA", "Brazil", "BRL", "Sao Paulo/Sao Paulo,Recife/Pernambuco,Curitiba/Parana", "Araratel,Verdemovel"],
  ["MX", "MEX", "Mexico", "MXN", "Mexico City/Mexico City,Monterrey/Nuevo Leon", "Aguilared"],
  ["AR", "ARG", "Argentina", "ARS", "Buenos Aires/Buenos Aires,Cordoba/Cordoba", "Pampanet"],
  [
    "IN",
    "IND",
    "India",
    "INR",
    "Mumbai/Maharashtra,Delhi/Delhi,Chennai/Tamil Nadu,Kolkata/West Bengal",
    "Saagar Mobile,Deccanlink",
  ],
  ["ID", "IDN", "Indonesia", "IDR", "Jakarta/Jakarta,Surabaya/East Java", "Nusaselular"],
  ["PH", "PHL", "Philippines", "PHP", "Manila/Metro Manila,Cebu City/Cebu", "Bayanlink"],
  ["TH", "THA", "Thailand", "THB", "Bangkok/Bangkok,Chiang Mai/Chiang Mai", "Chaonet"],
  ["VN", "VNM", "Vietnam", "VND", "Hanoi/Hanoi,Ho Chi Minh City/Ho Chi Minh City", "Songlink"],
  ["JP", "JPN", "Japan", "JPY", "Tokyo/Tokyo,Osaka/Osaka", "Hoshimobile"],
  ["AU", "AUS", "Australia", "AUD", "Sydney/New South Wales,Perth/Western Australia", "Outbackcom"],
  ["ZA", "ZAF", "South Africa", "ZAR", "Johannesburg/Gauteng,Durban/KwaZulu-Natal", "Veldtel"],
  ["NG", "NGA", "Nigeria", "NGN", "Lagos/Lagos,Abuja/FCT", "Lagoonet"],
  ["TR", "TUR", "Turkey", "TRY", "Istanbul/Istanbul,Izmir/Izmir", "Anadolink"],
  ["AE", "ARE", "United Arab Emirates", "AED", "Dubai/Dubai,Abu Dhabi/Abu Dhabi", "Dunetel"],
];

export const countries: readonly Country[] = table.map(([code, alpha3, name, currency, cities, isps], index) => ({
  code,
  alpha3,
  name,
  currency,
  isps: isps.split(","),
  cities: cities.split(",").map((text, place) => {
    const [city = "", region = ""] = text.split("/");
    return { id: (index + 1) * 1000 + place * 17 + 1, name: city, region };
  }),
}));

const byCode = new Map(countries.map((country) => [country.code, country]));

export const countryOf = (code: string): Country | undefined => byCode.get(code.toUpperCase());

/** A visitor's device, as clicks and conversions carry it. */
export interface Profile {
  os: string;
  os_version: string;
  device: string;
  device_type: string;
  device_model: string;
  browser: string;
  browser_version: string;
  connection: string;
}

/** os, its version, kind of device, model, browser, its version, connection. */
const profileTable: readonly string[][] = [
  ["iOS", "17.5", "mobile", "iPhone", "Safari", "17", "wi-fi"],
  ["iOS", "18.1", "mobile", "iPhone", "Safari", "18", "cellular"],
  ["iOS", "16.7", "mobile", "iPhone", "Chrome", "126", "wi-fi"],
  ["iPadOS", "17.5", "tablet", "iPad", "Safari", "17", "wi-fi"],
  ["Android", "14", "mobile", "Orbi X2", "Chrome", "127", "cellular"],
  ["Android", "14", "mobile", "Orbi X2", "Chrome", "128", "wi-fi"],
  ["Android", "13", "mobile", "Kando 7 Pro", "Chrome", "125", "cellular"],
  ["Android", "13", "mobile", "Kando 7 Pro", "Samsung Browser", "25", "wi-fi"],
  ["Android", "12", "mobile", "Mirela M30", "Chrome", "124", "cellular"],
  ["Android", "11", "mobile", "Tuvo Lite", "Opera", "79", "cellular"],
  ["Android", "13", "tablet", "Kando Slate", "Chrome", "127", "wi-fi"],
  ["Windows", "10", "desktop", "PC", "Chrome", "127", "wi-fi"],
  ["Windows", "11", "desktop", "PC", "Chrome", "128", "wi-fi"],
  ["Windows", "10", "desktop", "PC", "Edge", "126", "wi-fi"],
  ["Windows", "11", "desktop", "PC", "Firefox", "129", "wi-fi"],
  ["macOS", "14.5", "desktop", "Mac", "Safari", "17", "wi-fi"],
  ["macOS", "13.6", "desktop", "Mac", "Chrome", "127", "wi-fi"],
  ["webOS", "6", "desktop", "Vela TV 55", "LG Browser", "6", "wi-fi"],
];

const asProfile = (columns: readonly string[]): Profile => {
  const [os = "", os_version = "", device = "", device_model = "", browser = "", browser_version = "", connection = ""] = columns;
  return { os, os_version, device, device_type: device, device_model, browser, browser_version, connection };
};

/** The device of a visitor of whom nothing is known. */
export const unknownProfile = asProfile([]);

export const profiles: readonly Profile[] = [...profileTable.map(asProfile), unknownProfile];

/** The default currency is USD; a rate is the price of one dollar. A currency's id is its place here, from 1. */
export const rates: Readonly<Record<string, number>> = { USD: 1, EUR: 0.9, GBP: 0.8, CAD: 1.35, BRL: 5, INR: 83, PLN: 4 };

export const cities: ReadonlyMap<number, City & { country: string }> = new Map(
  countries.flatMap((country) => country.cities.map((city) => [city.id, { ...city, country: country.code }] as const)),
);

export const currencyId = (code: string): number => Object.keys(rates).indexOf(code.toUpperCase()) + 1;

export const currencyCode = (id: number): string | undefined => Object.keys(rates)[id - 1];

/** An amount in the network's default currency. */
export const inDollars = (amount: number, currency: string): number => amount / (rates[currency.toUpperCase()] ?? 1);
