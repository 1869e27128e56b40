import { goalTitles } from "../model/goal.js";
import type { Random } from "../model/random.js";

const heads = "Vel Zor Quin Mar Tal Nex Ori Lum Bra Kel Fen Dra Sol Hax Pim Wex Yor Cal Ubi Gra Ith Oph Rud Sil".split(" ");

const tails = "mora tix dexa vano lio zara bix pondo quora nia rath lume sible drell vistu minto grovo loomi".split(" ");

const firstNames =
  "Ada Bruno Carla Dmitri Elena Farid Greta Hugo Ines Jonas Keiko Luca Mira Nadia Oscar Priya Quentin Rosa Sven Tessa Umar Vera Wim Yara Zoe".split(
    " ",
  );

const lastNames =
  "Abel Brandt Castel Dorn Eklund Ferro Gauthier Hollis Ivers Jansky Kovalen Lindgren Moreau Navarro Okoye Petrov Quist Rinaldi Sorel Tanaka Ulrich Varga Wolski Ximenes Yilmaz".split(
    " ",
  );

/** An invented brand, such as Velmora. */
export const brand = (random: Random): string => random.pick(heads) + random.pick(tails);

export const person = (random: Random): { first: string; last: string } => ({
  first: random.pick(firstNames),
  last: random.pick(lastNames),
});

/** A kind of offer: what it sells, how it is paid, and the goals a visitor can reach. */
export interface Vertical {
  name: string;
  model: string;
  price: readonly [number, number];
  goals: readonly string[];
  mobile: boolean;
}

export const verticals: readonly Vertical[] = [
  { name: "Puzzle Game", model: "CPI", price: [0.6, 3], goals: ["Install", "Level 10"], mobile: true },
  { name: "Strategy Game", model: "CPI", price: [1, 6], goals: ["Install", "Purchase"], mobile: true },
  { name: "VPN", model: "CPS", price: [8, 40], goals: ["Trial", "Subscription"], mobile: false },
  { name: "Sweepstakes", model: "SOI", price: [1, 3.5], goals: ["Lead"], mobile: false },
  { name: "Dating", model: "DOI", price: [2, 7], goals: ["Registration", "Confirmed Email"], mobile: false },
  { name: "Personal Loans", model: "CPL", price: [5, 30], goals: ["Lead", "Approved Loan"], mobile: false },
  { name: "Online Casino", model: "CPA", price: [30, 150], goals: ["Registration", "First Deposit"], mobile: false },
  { name: "Sports Betting", model: "CPA", price: [20, 110], goals: ["Registration", "First Deposit"], mobile: false },
  { name: "Meal Kit", model: "CPS", price: [10, 35], goals: ["Order"], mobile: false },
  { name: "Fashion Store", model: "CPS", price: [3, 18], goals: ["Order", "Repeat Order"], mobile: false },
  { name: "Streaming", model: "Trial", price: [2, 12], goals: ["Trial", "Subscription"], mobile: false },
  { name: "Delivery App", model: "CPI", price: [1, 5], goals: ["Install", "First Order"], mobile: true },
  { name: "Crypto Wallet", model: "CPA", price: [15, 90], goals: ["Registration", "KYC"], mobile: true },
  { name: "Language Course", model: "CPL", price: [3, 14], goals: ["Lead", "Purchase"], mobile: false },
  { name: "Nutra Drops", model: "COD", price: [12, 38], goals: ["Order"], mobile: false },
  { name: "Car Insurance", model: "CPL", price: [6, 25], goals: ["Quote", "Policy"], mobile: false },
];

export const categoryTitles: readonly string[] = [
  ...["Games", "Puzzle", "Strategy", "VPN & Security", "Utilities", "Sweepstakes", "Dating", "Finance", "Loans", "Insurance"],
  ...["Gambling", "Betting", "Food", "Fashion", "E-commerce", "Streaming", "Music", "Delivery", "Crypto", "Education"],
  ...["Nutra", "Beauty", "Health", "Travel", "Hotels", "Automotive", "Real Estate", "Telecom", "Surveys", "Coupons"],
  ...["Software", "Productivity", "Kids", "Pets", "Sports", "Home & Garden", "Charity", "Jobs", "B2B", "Other"],
];

export const sourceTitles: readonly (readonly [en: string, ru: string])[] = [
  ["Contextual ads", "Контекстная реклама"],
  ["Social networks", "Социальные сети"],
  ["Push traffic", "Пуш-трафик"],
  ["Email", "Рассылки"],
  ["Pop-under", "Поп-андер"],
  ["Incentivised traffic", "Мотивированный трафик"],
  ["Brand bidding", "Контекст на бренд"],
  ["Adult traffic", "Адалт-трафик"],
  ["Native ads", "Нативная реклама"],
  ["In-app", "Реклама в приложениях"],
  ["SMS", "СМС"],
  ["Influencers", "Блогеры"],
];

export const goalValue = (title: string): string => String(goalTitles.indexOf(title) + 1);
