"use strict";

/**
 * One entry per kind of chart: `option(chart, around)` returns the drawing library's options (`around` has the panels' shared
 * range and the width there is), `table(chart)` the same numbers as a header and rows. `brush(chart, picture)` lets
 * a reader mark runs, `ready(picture)` follows each drawing, `hint` says what a pointer can do.
 */
const kinds = {};

/** What all charts share: the current colours, axes, the style of tooltips. */
const style = {
  viridis: ["#440154", "#414487", "#2a788e", "#22a884", "#7ad151", "#fde725"],
  failing: ["#c6dbef", "#fdd0a2", "#f16913", "#7f2704"],
  symbols: ["circle", "rect", "triangle", "diamond"],

  css: (name) =>
    getComputedStyle(document.documentElement).getPropertyValue(name).trim(),

  palette: () =>
    style
      .css("--series")
      .split(",")
      .map((c) => c.trim()),

  isDark: () => document.documentElement.dataset.theme === "dark",

  base: () => ({
    animation: false,
    color: style.palette(),
    textStyle: { fontFamily: "system-ui, sans-serif", color: style.css("--ink") },
    grid: { left: 12, right: 24, top: 36, bottom: 44, containLabel: true },
    tooltip: {
      trigger: "item",
      confine: true,
      backgroundColor: style.css("--page"),
      borderColor: style.css("--line"),
      textStyle: { color: style.css("--ink") },
    },
  }),

  /** A share in per cent: none and all are said only where that is so, but for rounding errors. */
  percent: (share) => {
    if (format.isExact) return String(share);
    const percent = Number((share * 100).toFixed(1));
    if (percent === 0 && share > 1e-9) return "under 0.1 %";
    if (percent === 100 && share < 1 - 1e-9) return "over 99.9 %";
    return `${percent} %`;
  },

  /** A category by its beginning and its end: texts often differ at the end. */
  shortCategory: (text) => {
    const short = format.short(text);
    return short.length > 18
      ? `${short.slice(0, 8)}…${short.slice(-9)}`
      : short;
  },

  axis(description, more = {}) {
    const isCategory = description.scale === "Category";
    return {
      type: isCategory
        ? "category"
        : description.scale === "Log"
          ? "log"
          : "value",
      data: isCategory ? description.categories : undefined,
      scale: true,
      minInterval: description.isWhole && !isCategory ? 1 : undefined,
      name: description.name,
      nameLocation: "middle",
      nameGap: 28,
      nameTextStyle: { color: style.css("--soft") },
      axisLine: { show: true, lineStyle: { color: style.css("--line") } },
      axisTick: { lineStyle: { color: style.css("--line") } },
      axisLabel: {
        color: style.css("--soft"),
        hideOverlap: true,
        formatter: isCategory
          ? style.shortCategory
          : description.isShare
            ? style.percent
            : (value) => format.grouped(value),
      },
      splitLine: {
        show: !isCategory,
        lineStyle: { color: style.css("--line") },
      },
      ...more,
    };
  },

  /** The length of the longest category if they are rotated; 0 if they fit side by side. */
  leaning({ categories }, width) {
    const longest = Math.max(
      0,
      ...categories.map((c) => style.shortCategory(c).length),
    );
    const isTight = longest * 7 * categories.length > width - 120;
    return isTight && longest > 3 && categories.length <= 25 ? longest : 0;
  },

  /** Categories are rotated if they are too long to fit side by side. */
  xAxis(description, width, more = {}) {
    const axis = style.axis(description, more);
    if (description.scale !== "Category") return axis;
    const longest = style.leaning(description, width);
    if (longest > 0) {
      Object.assign(axis.axisLabel, {
        rotate: 50,
        interval: 0,
        hideOverlap: false,
      });
      axis.nameGap = 18 + longest * 5.4;
    }
    return axis;
  },

  yAxis(description, more = {}) {
    return style.axis(description, {
      nameLocation: "end",
      nameGap: 14,
      nameTextStyle: { color: style.css("--soft"), align: "left" },
      nameTruncate: { maxWidth: 260, ellipsis: "…" },
      ...more,
    });
  },

  /** An axis whose ends are no round numbers. */
  withoutEnds(axis) {
    Object.assign(axis.axisLabel, { showMinLabel: false, showMaxLabel: false });
    return axis;
  },

  /** A legend above the name of the Y axis, and the room it takes. */
  legend: (series) =>
    series.length > 1
      ? {
          legend: {
            top: 0,
            left: 0,
            right: 0,
            type: "scroll",
            textStyle: { color: style.css("--soft") },
            pageTextStyle: { color: style.css("--soft") },
            itemWidth: 14,
          },
          grid: { ...style.base().grid, top: 62 },
        }
      : {},

  /** The legend of colours that no series of the drawing library stands for, and the empty series that it names. */
  keys(...entries) {
    const shown = entries.filter(Boolean);
    return {
      legend: {
        ...style.legend([1, 2]).legend,
        data: shown.map(([name]) => ({ name, icon: "rect" })),
        selectedMode: false,
      },
      series: shown.map(([name, color]) => ({
        type: "bar",
        name,
        data: [],
        silent: true,
        itemStyle: { color },
      })),
    };
  },

  /** The dashed line at the base run's value, for a series of a chart that has one. */
  baseLine: (chart, axis) =>
    chart.baseRun
      ? {
          markLine: {
            symbol: "none",
            silent: true,
            lineStyle: { color: style.css("--ink"), type: "dashed" },
            label: {
              formatter: "base run",
              color: style.css("--ink"),
              position: axis === "yAxis" ? "insideEndTop" : "end",
            },
            data: [{ [axis]: chart.baseRun.value }],
          },
        }
      : {},

  /** Widens an axis to the base run's value, which its own values may not reach. */
  toBase(axis, chart, values) {
    if (!chart.baseRun) return axis;
    const { low, high } = style.span(values);
    const { value } = chart.baseRun;
    const space = (Math.max(high, value) - Math.min(low, value)) * 0.06;
    if (value < low) Object.assign(style.withoutEnds(axis), { min: value - space });
    if (value > high) Object.assign(style.withoutEnds(axis), { max: value + space });
    return axis;
  },

  /** How strongly a mark is drawn: weakly unless its run is among the marked. */
  weight: (run, usual = 1) => (selection.has(run) ? usual : usual * 0.12),

  /** A position on an axis, in words. */
  at: (description, value) =>
    description.scale === "Category"
      ? description.categories[value]
      : format.number(value),

  /** An end of a marked range in words, to about a hundredth of the range: more is not in the reader's hand. */
  end(description, value, range) {
    if (description.scale === "Category")
      return format.short(description.categories[value] ?? "");
    const step =
      description.scale === "Log" || !(range > 0)
        ? 0
        : 10 ** Math.floor(Math.log10(range / 100));
    return format.number(
      Number((step ? Math.round(value / step) * step : value).toPrecision(6)),
    );
  },

  runName: (run) => (run === null || run === undefined ? "" : names.of(run)),

  /** The least and the greatest of some numbers; 0 and 0 where there are none. */
  span(values) {
    let low = Infinity;
    let high = -Infinity;
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return low <= high ? { low, high } : { low: 0, high: 0 };
  },
};
