"use strict";

const report = JSON.parse(document.getElementById("data").textContent);

/** The names of runs, by index. */
const names = {
  of(run) {
    this.known ??= new Map(
      (report.runs.cells[0] ?? []).map((index, row) => [
        index,
        report.runs.cells[1]?.[row] ?? `run ${index}`,
      ]),
    );
    return format.short(this.known.get(run) ?? `run ${run}`);
  },
};

const page = {
  find: (id) => document.getElementById(id),

  facts() {
    page.find("title").textContent = report.title;
    page.find("description").textContent = report.description ?? "";
    for (const fact of report.facts) {
      const pair = format.element(
        "div",
        "",
        format.element("dt", "", fact.name),
        format.element(
          "dd",
          "",
          fact.at ? format.moment(fact.at) : fact.value,
        ),
      );
      page.find(fact.isKey ? "keys" : "facts").append(pair);
    }
  },

  /** What came out: each sentence leads to the chart that shows it. */
  findings() {
    if (report.findings.length === 0) return;
    for (const { kind, text: words, chart } of report.findings) {
      const text = format.kept(words);
      const sentence = format.element("li", kind === "Oddity" ? "odd" : "");
      if (chart) {
        const link = format.element("a", "", text);
        link.href = `#${chart}`;
        sentence.append(link);
      } else {
        sentence.append(text);
      }
      page.find("sentences").append(sentence);
    }
    page.find("findings").hidden = false;
  },

  head(table, columns) {
    table.append(format.element("thead", "", format.headRow(columns)));
  },

  /** On a phone each row is a card: its cells carry their column's name, and the table stays one for screen readers. */
  cards(table) {
    const names = [...table.querySelectorAll("thead th")].map(
      (head) => head.textContent,
    );
    table.classList.add("cards");
    table.setAttribute("role", "table");
    for (const row of table.rows) {
      row.setAttribute("role", "row");
      for (const cell of row.cells) {
        const isHead = cell.tagName === "TH";
        cell.setAttribute("role", isHead ? "columnheader" : "cell");
        if (!isHead) cell.dataset.name = names[cell.cellIndex];
      }
    }
  },

  /** How far the least, the mean or the greatest value is from the base run's, in per cent. */
  change({ base, ...result }, key) {
    if (!["minimum", "mean", "maximum"].includes(key)) return null;
    const value = result[key];
    if (!(base > 0) || typeof value !== "number") return null;
    const percent = (value / base - 1) * 100;
    // Rounding errors are no difference.
    if (Math.abs(percent) < 2e-10) return "0 %";
    if (Math.abs(percent) < 0.05) return "under 0.1 %";
    return Math.abs(percent) < 1000
      ? `${percent < 0 ? "−" : "+"}${Math.abs(percent).toFixed(1)} %`
      : null;
  },

  summary() {
    if (report.summaries.length === 0) return;
    const table = page.find("summary");
    const isCompared = report.summaries.some(({ base }) => typeof base === "number");
    const isAnyEmpty = report.summaries.some((result) => result.empty > 0);
    const figures = [
      ["runs", "count"],
      ...(isAnyEmpty ? [["without a value", "empty"]] : []),
      ["least", "minimum"],
      ...(report.isSample
        ? [
            ["P5", "p5"],
            ["P10", "p10"],
            ["P50", "median"],
            ["mean", "mean"],
            ["P90", "p90"],
            ["P95", "p95"],
          ]
        : [
            ["lower quartile", "lowerQuartile"],
            ["median", "median"],
            ["mean", "mean"],
            ["upper quartile", "upperQuartile"],
          ]),
      ["greatest", "maximum"],
      ["std. deviation", "standardDeviation"],
      ...(isCompared ? [["base run", "base"]] : []),
    ];
    page.head(table, [
      ["result", false],
      ...figures.map(([name]) => [name, true]),
      ["least at", false],
      ["greatest at", false],
    ]);
    const body = format.element("tbody", "");
    for (const result of report.summaries) {
      const row = format.element(
        "tr",
        "",
        format.element("td", "title", result.result),
      );
      for (const [, key] of figures) {
        const cell = format.element("td", "number", format.grouped(result[key]));
        if (result[key] !== null && result[key] !== undefined)
          cell.title = result[key];
        const change = page.change(result, key);
        if (change) cell.append(format.element("small", "interval", change));
        const interval = result.confidence?.[key];
        if (interval)
          cell.append(
            format.element(
              "small",
              "interval",
              `${format.rounded(interval.low)} – ${format.rounded(interval.high)}`,
            ),
          );
        row.append(cell);
      }
      for (const run of [result.atMinimum, result.atMaximum])
        row.append(format.element("td", "at", format.short(run?.name ?? "")));
      body.append(row);
    }
    table.append(body);
    page.cards(table);
    page
      .find("results")
      .append(
        format.question(
          "Results",
          ...(report.isSample
            ? [
                "P5: 5 % of the runs have at most this value; P95: 95 % have.",
                report.intervals,
              ]
            : []),
          report.quartiles,
          ...(isCompared ? ["± %: the distance from the base run."] : []),
        ),
      );
    page.find("results").hidden = false;
  },

  expectations() {
    if (report.expectations.length === 0) return;
    const table = page.find("rules");
    page.head(table, [
      ["rule", false],
      ["came to", false],
    ]);
    const body = format.element("tbody", "");
    for (const rule of report.expectations) {
      body.append(
        format.element(
          "tr",
          "",
          format.element("td", "words", rule.name),
          format.element(
            "td",
            "words",
            format.element(
              "span",
              rule.violated > 0 ? "failed" : "",
              rule.summary,
            ),
            ...rule.first.map(({ message }) =>
              format.element("div", "", format.short(message)),
            ),
          ),
        ),
      );
    }
    table.append(body);
    page.cards(table);
    page.find("expectations").hidden = false;
  },

  scenario() {
    if (!report.scenario) return;
    page.find("scenario").textContent = report.scenario;
    page.find("asked").hidden = false;
  },

  log(end) {
    const cut = end.omitted > 0 ? [`… ${end.omitted} lines before\n`] : [];
    return format.element(
      "details",
      "log",
      format.element("summary", "", `log of run ${end.run}`),
      format.element("pre", "", ...cut, end.lines.join("\n")),
    );
  },

  failures() {
    if (report.failures.length === 0) return;
    const table = page.find("groups");
    page.head(table, [
      ["runs", true],
      ["message", false],
      ["what they have in common", false],
      ["the first", false],
    ]);
    const body = format.element("tbody", "");
    for (const group of report.failures) {
      const message = format.element("td", "words", group.message);
      if (group.example !== group.message)
        message.replaceChildren(
          format.element(
            "details",
            "",
            format.element("summary", "", group.message),
            group.example,
          ),
        );
      if (group.log) message.append(page.log(group.log));
      body.append(
        format.element(
          "tr",
          "",
          format.element("td", "number", String(group.count)),
          message,
          format.element("td", "words", format.short(group.condition ?? "")),
          format.element(
            "td",
            "words",
            group.runs.map((run) => format.short(run.name)).join(", "),
          ),
        ),
      );
    }
    table.append(body);
    page.cards(table);
    page.find("failures").hidden = false;
  },

  runs() {
    const shown = report.runs.cells[0]?.length ?? 0;
    const sample =
      report.runs.total > shown
        ? `, a sample of ${report.runs.total.toLocaleString("en")} runs`
        : "";
    const rowsOf = (count) =>
      `${count.toLocaleString("en")} ${count === 1 ? "row" : "rows"}`;
    const table = new RunTable(
      page.find("table"),
      report.runs,
      (count, printed) => {
        const rows =
          count === shown
            ? `${rowsOf(shown)}${sample}`
            : `${count.toLocaleString("en")} of ${rowsOf(shown)}${sample}`;
        page.find("count").textContent =
          printed < count ? `${rows}; the first ${printed} are printed` : rows;
      },
    );
    page
      .find("search")
      .addEventListener("input", (event) => table.find(event.target.value));
    return table;
  },

  charts() {
    if (report.charts.length === 0) return;
    page.find("pictures").hidden = false;
    for (const chart of report.charts)
      page.find("charts").append(charts.figure(chart));
  },

  /** Links to the sections, and to each chart. */
  contents() {
    const link = (id, text) => {
      const element = format.element("a", "", text);
      element.href = `#${id}`;
      return format.element("li", "", element);
    };
    for (const head of document.querySelectorAll("main > section > h2"))
      if (!head.parentElement.hidden)
        page
          .find("contents")
          .append(link(head.parentElement.id, head.textContent));
    for (const { id, title } of report.charts)
      page.find("titles").append(link(id, title));
    page.find("all-charts").hidden = report.charts.length < 3;
  },

  /** Shows what the address names: charts are there only after the page has been read. */
  arrive() {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      // An address that is no encoded text names nothing.
    }
    for (const element of document.querySelectorAll(".arrived"))
      element.classList.remove("arrived");
    const target = id ? page.find(id) : null;
    if (!target) return;
    target.scrollIntoView();
    if (target.tagName === "FIGURE") {
      target.classList.add("arrived");
      target.focus({ preventScroll: true });
    }
  },

  theme() {
    const root = document.documentElement;
    const dark = matchMedia("(prefers-color-scheme: dark)");
    let chosen = null;
    const show = (isDark) => {
      root.dataset.theme = isDark ? "dark" : "light";
      charts.redraw();
    };
    show(dark.matches);
    dark.addEventListener("change", () => show(chosen ?? dark.matches));
    page.find("theme").addEventListener("click", () => {
      chosen = root.dataset.theme !== "dark";
      show(chosen);
    });
    return {
      light: () => show(false),
      usual: () => show(chosen ?? dark.matches),
    };
  },

  print(table, theme) {
    addEventListener("beforeprint", () => {
      theme.light();
      table.print();
      charts.paper();
    });
    addEventListener("afterprint", () => {
      charts.screen();
      theme.usual();
      table.update();
    });
  },

  start() {
    const theme = page.theme();
    page.facts();
    page.findings();
    page.summary();
    page.charts();
    page.expectations();
    page.failures();
    page.scenario();
    const table = page.runs();
    selection.start(table);
    page.print(table, theme);
    page.contents();
    addEventListener("hashchange", page.arrive);
    // After the charts, which are drawn with the first frame and have their heights then.
    requestAnimationFrame(() => requestAnimationFrame(page.arrive));
    let isDue = false;
    addEventListener("resize", () => {
      if (isDue) return;
      isDue = true;
      requestAnimationFrame(() => {
        isDue = false;
        charts.resize();
      });
    });
  },
};

page.start();
