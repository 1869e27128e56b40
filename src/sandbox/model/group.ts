/** Adds a row to those under a key. */
export const addTo = <K, V>(groups: Map<K, V[]>, key: K, row: V): void => {
  const group = groups.get(key);
  if (group) group.push(row);
  else groups.set(key, [row]);
};

/** Rows by a key of theirs. */
export const groupBy = <K, V>(rows: Iterable<V>, key: (row: V) => K): Map<K, V[]> => {
  const groups = new Map<K, V[]>();
  for (const row of rows) addTo(groups, key(row), row);
  return groups;
};

/** How often each value is there. */
export const countBy = <K>(values: Iterable<K>): Map<K, number> => {
  const counts = new Map<K, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};
