import { useEffect, useState } from "react";
import { copyText } from "./clipboard.js";

/** Copies texts. What was said of the last stands there for as long as it takes to read it. */
export const useCopied = () => {
  const [said, say] = useState("");
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => say(""), 2_500);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async (text: string, done = "Copied") => say((await copyText(text)) ? done : "The browser does not let us copy");
  return { said, say, copy };
};
