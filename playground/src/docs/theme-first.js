// Puts the chosen colours on before anything is drawn: a classic script, since modules wait for the whole page.
(() => {
  let chosen = "system";
  try {
    chosen = JSON.parse(localStorage.getItem("affise-graphql:theme") ?? '"system"');
  } catch {
    // Nothing is kept here, or not by us.
  }
  const isDark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.body.classList.add(isDark ? "graphiql-dark" : "graphiql-light");
})();
