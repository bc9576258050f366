"use strict";

(() => {
  const points = (chart, type, width, more) => ({
    ...style.base(),
    ...style.legend(chart.series),
    xAxis: style.xAxis(chart.x, width),
    yAxis: style.toBase(
      style.yAxis(chart.y),
      chart,
      chart.series.flatMap((s) => s.points.map((p) => p.y)),
    ),
    series: chart.series.map((series, i) => ({
      type,
      progressive: 0,
      name: series.name,
      symbol: style.symbols[i % style.symbols.length],
      data: series.points.map((p) => ({
        value: [p.x, p.y],
        run: p.run,
        ...(selection.runs && p.run !== null
          ? { itemStyle: { opacity: style.weight(p.run) } }
          : {}),
      })),
      ...(i === 0 ? style.baseLine(chart, "yAxis") : {}),
      ...more(series),
    })),
    tooltip: {
      ...style.base().tooltip,
      formatter: (hit) =>
        format.tip(
          style.runName(hit.data.run),
          ...(chart.series[hit.seriesIndex].name
            ? [["", chart.series[hit.seriesIndex].name]]
            : []),
          [chart.x.name, style.at(chart.x, hit.data.value[0])],
          [chart.y.name, style.at(chart.y, hit.data.value[1])],
        ),
    },
  });

  const table = (chart) => ({
    head: [
      ...(chart.series.length > 1 ? ["series"] : []),
      chart.x.name,
      chart.y.name,
    ],
    rows: chart.series.flatMap((series) =>
      series.points.map((p) => [
        ...(chart.series.length > 1 ? [series.name] : []),
        style.at(chart.x, p.x),
        style.at(chart.y, p.y),
      ]),
    ),
  });

  kinds.lines = {
    table,
    option(chart, { shared, width }) {
      const option = points(chart, "line", width, (series) => ({
        // With more points a symbol shows only under the pointer, and can still be hovered.
        showSymbol: true,
        itemStyle: { opacity: series.points.length <= 60 ? 1 : 0 },
        symbolSize: 7,
        // Categories have no order that a line would suggest.
        lineStyle: {
          width: chart.x.scale === "Category" ? 0 : 2,
          opacity: selection.runs ? 0.25 : 1,
        },
        emphasis: { focus: "series", itemStyle: { opacity: 1 } },
      }));
      if (shared) {
        const space = (shared.high - shared.low) * 0.05;
        Object.assign(style.withoutEnds(option.yAxis), {
          min: shared.low - space,
          max: shared.high + space,
        });
      }
      return option;
    },
  };

  kinds.scatter = {
    table,
    hint: "Drag over a region to mark its runs in the table and in the other charts; Esc marks none. Ctrl and the mouse wheel zoom.",

    /** On a phone a finger scrolls the page. */
    ready(picture) {
      if (matchMedia("(pointer: fine)").matches)
        picture.dispatchAction({
          type: "takeGlobalCursor",
          key: "brush",
          brushOption: { brushType: "rect", brushMode: "single" },
        });
    },

    brush(chart, picture) {
      const points = chart.series.flatMap((s) => s.points);
      const within = (value, [from, to]) => value >= from && value <= to;
      const words = (axis, [from, to]) =>
        `${axis.name} ${style.end(axis, from, to - from)} to ${style.end(axis, to, to - from)}`;
      picture.on("brushEnd", ({ areas }) => {
        if (!areas?.length) return selection.clear(picture);
        const [x, y] = areas[0].coordRange;
        selection.choose(
          points
            .filter((p) => within(p.x, x) && within(p.y, y))
            .map((p) => p.run),
          `${words(chart.x, x)}, ${words(chart.y, y)}`,
          picture,
        );
      });
    },

    option: (chart, { width }) => ({
      ...points(chart, "scatter", width, (series) => ({
        symbolSize: series.points.length > 800 ? 4 : 7,
        itemStyle: { opacity: 0.6 },
      })),
      brush: {
        toolbox: [],
        xAxisIndex: 0,
        outOfBrush: { colorAlpha: 0.25 },
        brushStyle: {
          color: "rgba(128, 128, 128, 0.15)",
          borderColor: style.css("--soft"),
        },
      },
      dataZoom: [
        {
          type: "inside",
          moveOnMouseMove: false,
          preventDefaultMouseMove: false,
        },
      ],
    }),
  };
})();
