"use strict";

(() => {
  const ink = () => ({ color: style.css("--ink") });

  /** A bin in words: its bounds, or its one whole number. */
  const bin = (chart, i) => {
    const [from, to] = [chart.edges[i], chart.edges[i + 1]];
    return isCounted(chart)
      ? format.number((from + to) / 2)
      : `${format.number(from)} to ${format.number(to)}`;
  };

  /** Whether each bin is one whole number, in the middle of its bounds. */
  const isCounted = (chart) =>
    chart.x.isWhole &&
    chart.edges.every((edge) => Math.abs(edge % 1) === 0.5);

  const binOf = (chart, value) => {
    const last = chart.edges.length - 2;
    const at = chart.edges.findIndex((edge) => edge > value) - 1;
    return value === chart.edges[last + 1] ? last : at;
  };

  /** How many of the marked runs fell into each bin. */
  const markedCounts = (chart) => {
    const counts = chart.counts.map(() => 0);
    const cells = selection.column(chart.x.name, "Result") ?? [];
    cells.forEach((value, row) => {
      const at = typeof value === "number" ? binOf(chart, value) : -1;
      if (at >= 0 && selection.has(report.runs.cells[0][row])) counts[at]++;
    });
    return counts;
  };

  const marksOf = (chart) => [
    ...chart.marks.map((mark) => ({ ...mark, isBase: false })),
    ...(chart.baseRun
      ? [{ name: "base run", value: chart.baseRun.value, isBase: true }]
      : []),
  ];

  const bars = (chart, counts, opacity, gap) => ({
    type: "custom",
    progressive: 0,
    data: counts.map((count, i) => [
      chart.edges[i],
      chart.edges[i + 1],
      count,
    ]),
    encode: { x: [0, 1], y: 2 },
    renderItem: (_, api) => {
      const a = api.coord([api.value(0), api.value(2)]);
      const b = api.coord([api.value(1), 0]);
      const width = b[0] - a[0];
      return {
        type: "rect",
        shape: {
          x: a[0] + width * gap + 0.5,
          y: a[1],
          width: Math.max(1, width * (1 - 2 * gap) - 1),
          height: b[1] - a[1],
        },
        style: { fill: style.palette()[0], opacity },
      };
    },
  });

  /** The share of runs up to each value, read off at the pointer. */
  const cumulative = (chart) => ({
    type: "line",
    name: "share of runs up to a value",
    yAxisIndex: 1,
    showSymbol: true,
    symbolSize: 8,
    itemStyle: { opacity: 0 },
    emphasis: { itemStyle: { opacity: 1 } },
    lineStyle: { width: 2 },
    color: style.palette()[1],
    data: chart.quantiles.map((value, i) => [value, i / 100]),
    z: 4,
  });

  kinds.histogram = {
    table: (chart) => ({
      head: [chart.x.name, "runs"],
      rows: chart.counts.map((count, i) => [bin(chart, i), String(count)]),
    }),

    hint: "A click on a bar marks its runs in the table and in the other charts; Esc marks none. On the curve, the pointer reads off the share of runs up to a value.",

    brush(chart, picture) {
      picture.on("click", ({ data, seriesIndex, dataIndex }) => {
        if (!data || seriesIndex > 1) return;
        selection.choose(
          selection.where([
            chart.x.name,
            "Result",
            (value) =>
              typeof value === "number" && binOf(chart, value) === dataIndex,
          ]),
          `${chart.x.name} ${bin(chart, dataIndex)}`,
          picture,
        );
      });
    },

    option(chart) {
      const isCurved = chart.quantiles.length > 0;
      const gap = isCounted(chart) ? 0.15 : 0;
      const x = style.axis(chart.x, {
        min: chart.edges[0],
        max: chart.edges.at(-1),
      });
      const runs = style.yAxis(
        { name: "runs", scale: "Linear", isWhole: true },
        { scale: false, min: 0 },
      );
      const shares = style.yAxis(
        { name: "runs up to here", scale: "Linear", isShare: true },
        {
          min: 0,
          max: 1,
          position: "right",
          splitLine: { show: false },
          nameLocation: "middle",
          nameRotate: 90,
          nameGap: 46,
          nameTextStyle: { color: style.palette()[1], align: "center" },
        },
      );
      return {
        ...style.base(),
        grid: { ...style.base().grid, top: 52, right: isCurved ? 34 : 24 },
        xAxis: style.withoutEnds(x),
        yAxis: isCurved ? [runs, shares] : runs,
        series: [
          {
            ...bars(chart, chart.counts, selection.runs ? 0.25 : 1, gap),
            markLine: {
              symbol: "none",
              silent: true,
              lineStyle: { ...ink(), type: "solid" },
              data: marksOf(chart).map((mark, i) => ({
                xAxis: mark.value,
                ...(mark.isBase ? { lineStyle: { ...ink(), type: "dashed" } } : {}),
                label: {
                  formatter: mark.name,
                  ...ink(),
                  distance: i % 2 === 0 ? 3 : 16,
                },
              })),
            },
          },
          selection.runs
            ? bars(chart, markedCounts(chart), 1, gap)
            : bars(chart, [], 1, gap),
          ...(isCurved ? [cumulative(chart)] : []),
        ],
        tooltip: {
          ...style.base().tooltip,
          formatter: (hit) =>
            hit.seriesType === "line"
              ? format.tip("", [
                  "",
                  `${style.percent(hit.data[1])} of the runs have ${chart.x.name} up to ${format.number(hit.data[0])}`,
                ])
              : format.tip(
                  "",
                  [chart.x.name, bin(chart, hit.dataIndex)],
                  ["runs", hit.data[2]],
                ),
        },
      };
    },
  };
})();
