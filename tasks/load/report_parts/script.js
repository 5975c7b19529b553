
"use strict";
(() => {
  const figures = JSON.parse(document.getElementById("figures").textContent);
  const root = document.documentElement;
  const PAPER = 680; // pixels of a printed page between its margins, the same on A4 and Letter
  const SHORT = 22; // letters of a label on a narrow screen
  const narrow = matchMedia("(max-width: 40rem)");

  // Colours are named in the style sheet only; here they are looked up for the colour scheme of the moment.
  function painted(value, style) {
    if (typeof value === "string") {
      const name = /^var\((--[\w-]+)\)$/.exec(value);
      return name ? style.getPropertyValue(name[1]).trim() : value;
    }
    if (Array.isArray(value)) return value.map((item) => painted(item, style));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, painted(item, style)]));
  }

  // Labels are escaped text: an entity is one letter. A number behind the name stays.
  function cut(label) {
    const [, name, number] = /^(.*?)( · [\d,]+)?$/s.exec(label);
    const letters = name.match(/&[#\w]+;|[^]/gu) || [];
    return (letters.length > SHORT ? letters.slice(0, SHORT - 1).join("") + "…" : name) + (number || "");
  }

  function axis(given, small) {
    const made = { gridcolor: "var(--line)", linecolor: "var(--line)", zeroline: false, showspikes: false, automargin: true, ...given };
    if (made.type === "date") Object.assign(made, { nticks: small ? 4 : 9, tickangle: 0 });
    if (made.ticktext && small) made.ticktext = made.ticktext.map(cut);
    return made;
  }

  function layoutOf(given, width) {
    const layout = {
      font: { family: getComputedStyle(document.body).fontFamily, size: 12, color: "var(--ink)" },
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      hoverlabel: { bgcolor: "var(--panel)", bordercolor: "var(--line)", font: { color: "var(--ink)" }, align: "left" },
      ...given,
      margin: { l: 8, r: 12, t: 30, b: 30, ...given.margin },
      // a finger that scrolls the page must not zoom a chart
      dragmode: matchMedia("(pointer: coarse)").matches ? false : "zoom",
    };
    for (const name of Object.keys(layout)) if (/^[xy]axis/.test(name)) layout[name] = axis(layout[name], narrow.matches && !width);
    return width ? { ...layout, width } : { ...layout, autosize: true };
  }

  function draw(width) {
    const style = getComputedStyle(root);
    for (const [key, figure] of Object.entries(figures)) {
      const place = document.getElementById("chart-" + key);
      const config = { responsive: true, displaylogo: false, displayModeBar: false };
      Plotly.react(place, painted(figure.data, style), painted(layoutOf(figure.layout, width), style), config);
    }
  }

  function copy(event) {
    const selection = getSelection();
    selection.selectAllChildren(event.target.parentElement.querySelector("code"));
    event.target.textContent = document.execCommand("copy") ? "Copied" : "Press Ctrl+C";
  }

  document.querySelectorAll(".sql button").forEach((button) => button.addEventListener("click", copy));
  for (const medium of [narrow, matchMedia("(prefers-color-scheme: dark)")]) medium.addEventListener("change", () => draw());
  addEventListener("beforeprint", () => { root.classList.add("printing"); draw(PAPER); });
  addEventListener("afterprint", () => { root.classList.remove("printing"); draw(); });
  draw();
})();
