/** A function that works its answer out once for each object, and keeps it for as long as that lives. */
export const memoized = <Key extends object, Value extends {}>(make: (key: Key) => Value): ((key: Key) => Value) => {
  const known = new WeakMap<Key, Value>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = make(key);
    known.set(key, made);
    return made;
  };
};
