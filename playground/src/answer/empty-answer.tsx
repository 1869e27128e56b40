import { isMutation } from "../example/example.js";
import type { Example } from "../example/shape.js";
import { standing } from "../key/viewer.js";
import { useStore } from "../store.js";
import { isOutOfReach } from "../workbench.js";

const words = (example: Example | undefined, outOfReach: boolean): [string, string] => {
  if (example && outOfReach)
    return ["This one is not for your key.", `It is for ${example.who}. Take such a key, then choose it again.`];
  if (example && isMutation(example)) return ["This one changes data.", "Look at the variables, then press ▶ when you mean it."];
  return ["The answer comes here.", "Choose an example, or write a query and press Ctrl-Enter (⌘-Enter on a Mac)."];
};

/** What stands where an answer will be. */
export const EmptyAnswer = ({ example }: { example: Example | undefined }) => {
  const { now } = useStore(standing);
  const [first, second] = words(example, example !== undefined && isOutOfReach(example, now));
  return (
    <div className="answer-body empty">
      <p>{first}</p>
      <p className="faint">{second}</p>
    </div>
  );
};
