"use strict";

/** The figures of the page: each has a title, one chart or several small ones, a note, and its numbers as a table. */
const charts = (() => {
  const mostRows = 500;
  const drawn = [];

  /** The wheel scrolls the page; only together with Ctrl it zooms a chart. */
  const letScroll = (place, chart) => {
    const options = { capture: true, passive: true };
    for (const kind of ["wheel", "mousewheel"])
      place.addEventListener(
        kind,
        (event) => {
          if (!event.ctrlKey) event.stopPropagation();
        },
        options,
      );
    if (chart.kind === "parallel")
      place.addEventListener(
        "touchstart",
        (event) => event.stopPropagation(),
        options,
      );
  };

  const draw = (around, chart, shared) => {
    const place = format.element("div", "chart");
    place.setAttribute("role", "img");
    place.setAttribute(
      "aria-label",
      [chart.title, chart.note].filter(Boolean).join(". "),
    );
    if (chart.kind === "parallel") {
      place.style.minWidth = `${chart.axes.length * kinds.parallel.widthOfAxis}px`;
      around.classList.add("wide");
    }
    around.append(place);
    const height = kinds[chart.kind].height?.(chart, place.clientWidth);
    if (height) place.style.height = `${height}px`;
    letScroll(place, chart);
    const picture = echarts.init(place, null, { renderer: "canvas" });
    const show = () =>
      picture.setOption(
        kinds[chart.kind].option(chart, { shared, width: place.clientWidth }),
        true,
      );
    show();
    drawn.push({ picture, show, place });
  };

  /** The common range of all panels, so that they can be compared. */
  const range = (panels) => {
    const { low, high } = style.span(
      panels.flatMap((chart) =>
        chart.kind === "lines"
          ? chart.series.flatMap((s) => s.points.map((p) => p.y))
          : chart.kind === "heatmap"
            ? chart.cells.flat().filter((v) => v !== null)
            : [],
      ),
    );
    return low < high ? { low, high } : undefined;
  };

  /** A chart's numbers as a table, built when it is first opened. */
  const inWords = (chart) => {
    const details = format.element(
      "details",
      "words-of",
      format.element("summary", "", "Figures"),
    );
    details.addEventListener("toggle", () => {
      if (details.children.length > 1) return;
      const { head, rows } = kinds[chart.kind].table(chart);
      const body = rows
        .slice(0, mostRows)
        .map((row) =>
          format.element(
            "tr",
            "",
            ...row.map((cell) => format.element("td", "", cell)),
          ),
        );
      const table = format.element(
        "table",
        "",
        format.element(
          "thead",
          "",
          format.headRow(head.map((name) => [name, false])),
        ),
        format.element("tbody", "", ...body),
      );
      details.append(format.element("div", "wide", table));
      if (rows.length > mostRows)
        details.append(
          format.element(
            "p",
            "note",
            `The first ${mostRows} of ${rows.length} rows.`,
          ),
        );
    });
    return details;
  };

  return {
    /** Draws a chart as a figure of its own. */
    figure(chart) {
      const isMany = chart.kind === "panels";
      const place = format.element("div", isMany ? "panels" : "");
      const figure = format.element(
        "figure",
        "",
        format.element("h3", "", chart.title),
        place,
      );
      figure.id = chart.id;
      requestAnimationFrame(() => {
        if (!isMany) return draw(place, chart);
        const shared = range(chart.charts);
        for (const small of chart.charts) {
          const panel = format.element(
            "div",
            "",
            format.element("h4", "", small.title),
          );
          place.append(panel);
          draw(panel, small, shared);
        }
      });
      if (["panels", "timeline", "parallel"].includes(chart.kind))
        figure.classList.add("full");
      if (chart.note) figure.append(format.element("p", "note", chart.note));
      if (kinds[chart.kind]?.zooms)
        figure.append(
          format.element("p", "note hint", "Ctrl and the wheel look closer."),
        );
      if (!isMany) figure.append(inWords(chart));
      return figure;
    },

    /** Redraws all charts in the current colours. */
    redraw() {
      for (const { show } of drawn) show();
    },

    /** Resizes all charts to their containers. */
    resize() {
      for (const { picture, show } of drawn) {
        picture.resize();
        show();
      }
    },

    /**
     * For paper, each chart as one picture beside its canvases: a browser prints canvases that are drawn while it prepares
     * the pages as opaque layers, of which the upper hide the lower.
     */
    paper() {
      for (const { picture, place } of drawn) {
        const paper = picture.renderToCanvas({
          pixelRatio: 2,
          backgroundColor: "#fff",
        });
        paper.className = "paper";
        paper.removeAttribute("style");
        place.append(paper);
      }
    },

    /** Restores the screen layout after printing. */
    screen() {
      for (const paper of document.querySelectorAll(".paper")) paper.remove();
    },
  };
})();
