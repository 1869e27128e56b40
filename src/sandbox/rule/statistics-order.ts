import { sorted } from "./paging.js";
import { actionTypes, type Sum } from "./statistics-sum.js";

/** The value a report is ordered by: a slice, traffic, or a figure such as confirmed_count. */
const orderValue = (names: readonly string[], order: string): ((sum: Sum) => string | number) => {
  const place = names.indexOf(order);
  if (place >= 0) return (sum) => sum.order[place] ?? "";
  if (order === "raw" || order === "uniq") return (sum) => sum[order];
  const [type = "", figure = ""] = order.split("_");
  const action = actionTypes.find((one) => one === type);
  if (!action) return () => 0;
  if (figure === "earning") return ({ actions }) => actions[action].charge - actions[action].revenue;
  if (figure === "count" || figure === "revenue" || figure === "null") return ({ actions }) => actions[action][figure];
  return () => 0;
};

/** Orders rows by the columns asked for, the first weighing most; without any by the slices. */
export const orderSums = (
  sums: readonly Sum[],
  names: readonly string[],
  orders: readonly string[],
  direction: "asc" | "desc",
): Sum[] => {
  const wanted = orders.length ? orders : names;
  let list = [...sums];
  for (const order of [...wanted].reverse()) list = sorted(list, orderValue(names, order), direction);
  return list;
};
