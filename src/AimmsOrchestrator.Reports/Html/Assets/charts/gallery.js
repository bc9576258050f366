"use strict";

/** The figures of the page: each has a title, one chart or several small ones, notes, its numbers as a table, and tools. */
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
      around.tabIndex = 0;
      around.setAttribute("role", "group");
      around.setAttribute("aria-label", chart.title);
    }
    around.append(place);
    const height = kinds[chart.kind].height?.(chart, place.clientWidth);
    if (height) place.style.height = `${height}px`;
    letScroll(place, chart);
    const picture = echarts.init(place, null, { renderer: "canvas" });
    const option = () =>
      kinds[chart.kind].option(chart, { shared, width: place.clientWidth });
    const show = () => {
      picture.setOption(option(), true);
      kinds[chart.kind].ready?.(picture);
    };
    show();
    kinds[chart.kind].brush?.(chart, picture);
    drawn.push({ picture, show, place, option });
  };

  // The chart in which runs are marked keeps the region that marks them.
  selection.listeners.push((_, source) => {
    for (const { picture, show } of drawn) if (picture !== source) show();
  });

  /** The common range of all panels, so that they can be compared. */
  const range = (panels) => {
    const { low, high } = style.span(
      panels.flatMap((chart) =>
        chart.kind === "lines"
          ? [
              ...chart.series.flatMap((s) => s.points.map((p) => p.y)),
              ...(chart.baseRun ? [chart.baseRun.value] : []),
            ]
          : chart.kind === "heatmap"
            ? chart.cells.flat().filter((v) => v !== null)
            : [],
      ),
    );
    return low < high ? { low, high } : undefined;
  };

  const tableOf = ({ head, rows }) =>
    format.element(
      "table",
      "",
      format.element(
        "thead",
        "",
        format.headRow(head.map((name) => [name, false])),
      ),
      format.element(
        "tbody",
        "",
        ...rows
          .slice(0, mostRows)
          .map((row) =>
            format.element(
              "tr",
              "",
              ...row.map((cell) => format.element("td", "", cell)),
            ),
          ),
      ),
    );

  /** A chart's numbers as a table, built when it is first opened. */
  const inWords = (chart) => {
    const details = format.element(
      "details",
      "words-of",
      format.element("summary", "", "Numbers"),
    );
    details.addEventListener("toggle", () => {
      if (details.children.length > 1) return;
      for (const one of chart.kind === "panels" ? chart.charts : [chart]) {
        const table = kinds[one.kind].table(one);
        const wide = format.element("div", "wide", tableOf(table));
        wide.tabIndex = 0;
        wide.setAttribute("role", "region");
        wide.setAttribute("aria-label", `Numbers: ${one.title}`);
        details.append(
          ...(one === chart ? [] : [format.element("h4", "", one.title)]),
          wide,
        );
        if (table.rows.length > mostRows)
          details.append(
            format.element(
              "p",
              "note",
              `The first ${mostRows} of ${table.rows.length} rows.`,
            ),
          );
      }
    });
    return details;
  };

  const title = (chart) => {
    const link = format.element("a", "link", "#");
    link.href = `#${chart.id}`;
    link.setAttribute("aria-label", `Link to: ${chart.title}`);
    return format.element(
      "h3",
      "",
      format.element("span", "name", chart.title),
      " ",
      link,
    );
  };

  return {
    /** Draws a chart as a figure of its own. */
    figure(chart) {
      const isMany = chart.kind === "panels";
      const place = format.element("div", isMany ? "panels" : "");
      const figure = format.element("figure", "", title(chart), place);
      figure.id = chart.id;
      figure.tabIndex = -1;
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
      const notes = [chart.note, kinds[chart.kind]?.note?.(chart)];
      const method = [chart.method, kinds[chart.kind]?.hint].filter(Boolean);
      figure.append(
        ...notes
          .filter(Boolean)
          .map((note) => format.element("p", "note", format.kept(note))),
        format.element(
          "div",
          "below",
          inWords(chart),
          tools.row(figure, chart, () =>
            drawn.filter(({ place }) => figure.contains(place)),
          ),
          method.length > 0 ? format.question(chart.title, ...method) : null,
        ),
      );
      return figure;
    },

    /** Redraws all charts in the current colours. */
    redraw() {
      for (const { show } of drawn) show();
    },

    /** Resizes all charts to their containers. */
    resize() {
      // On paper the places of the charts have no height of their own.
      if (matchMedia("print").matches) return;
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
