const focusable =
  'a[href], button:not(:disabled), input:not(:disabled):not([type=file]), select:not(:disabled), textarea:not(:disabled), summary, [tabindex="0"]';

/** Where an element stood, from its parent upwards, and what it said: the same button may come back as another element. */
interface Place {
  element: HTMLElement;
  way: { parent: Element; index: number }[];
  words: string;
}

const isSeen = (element: Element): boolean => element.isConnected && element.checkVisibility({ visibilityProperty: true });

const isUsable = (element: Element): element is HTMLElement =>
  element instanceof HTMLElement && element.matches(focusable) && element.tabIndex >= 0 && isSeen(element);

const wordsOf = (element: Element): string => element.getAttribute("aria-label") ?? element.textContent ?? "";

const placeOf = (element: HTMLElement, words: string): Place => {
  const way: Place["way"] = [];
  for (let one: Element = element; one.parentElement; one = one.parentElement)
    way.push({ parent: one.parentElement, index: Array.prototype.indexOf.call(one.parentElement.children, one) });
  return { element, way, words };
};

const usableIn = (root: Element): HTMLElement[] => [root, ...root.querySelectorAll(focusable)].filter(isUsable);

/** What has come in an element's place: the same thing again, else what stands there now, else what stands before it, as near as there is one. */
const successorOf = ({ way, words }: Place): HTMLElement | undefined => {
  for (const { parent, index } of way) {
    if (!isSeen(parent)) continue;
    const usable = usableIn(parent);
    const same = words && usable.find((one) => wordsOf(one) === words);
    const children = [...parent.children];
    const found = same || children.slice(index).flatMap(usableIn)[0] || children.slice(0, index).flatMap(usableIn).at(-1);
    if (found) return found;
  }
  return undefined;
};

/**
 * Keeps the focus on the page when what had it is taken away, hidden or disabled: browsers let it fall to the page's top, where nobody who
 * works by the keyboard, or listens, was.
 */
export const keepFocus = (root: Element): void => {
  let last: Place | undefined;
  document.addEventListener("focusin", ({ target }) => {
    if (!(target instanceof HTMLElement) || target === document.body) return;
    // What was given the focus in another's place hands it back once that is there again.
    if (last?.element !== target) last = placeOf(target, wordsOf(target));
  });
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (relatedTarget || !(target instanceof Element)) return;
    // Whoever leaves what is still there, by a click beside it, means to.
    setTimeout(() => {
      if (isUsable(target) && document.activeElement !== target && last?.element === target) last = undefined;
    });
  });
  const look = () => {
    if (!last || (document.activeElement && document.activeElement !== document.body) || isUsable(last.element)) return;
    const next = successorOf(last);
    if (!next) return;
    last = placeOf(next, last.words);
    next.focus();
  };
  new MutationObserver(() => requestAnimationFrame(look)).observe(root, {
    subtree: true,
    childList: true,
    attributeFilter: ["disabled", "data-pane", "data-aside", "open"],
  });
};
