"use strict";

kinds.counts = {
  table: (chart) => ({
    head: [chart.x.name, ...chart.series.map((s) => s.name)],
    rows: chart.x.categories.map((category, i) => [
      category,
      ...chart.series.map((s) => String(s.counts[i])),
    ]),
  }),

  option(chart, { width }) {
    const found = style.legend([...chart.series, null]);
    return {
      ...style.base(),
      ...found,
      xAxis: style.xAxis(chart.x, width),
      yAxis: style.yAxis(
        { name: "runs", scale: "Linear", isWhole: true },
        { scale: false, min: 0 },
      ),
      series: chart.series.map((series) => ({
        type: "bar",
        name: series.name,
        stack: "runs",
        barMaxWidth: 60,
        data: series.counts,
        itemStyle: { borderColor: style.css("--page"), borderWidth: 1 },
      })),
      tooltip: {
        ...style.base().tooltip,
        formatter: (hit) =>
          format.tip(
            hit.seriesName,
            [chart.x.name, format.short(chart.x.categories[hit.dataIndex])],
            ["runs", String(hit.value)],
          ),
      },
    };
  },

  /** A click marks the runs of a bar's part. */
  brush(chart, picture) {
    picture.on("click", ({ dataIndex, seriesName }) => {
      const word = (value) =>
        value === seriesName || (value === null && seriesName.startsWith("no "));
      const isFailed = seriesName === "failed";
      selection.choose(
        selection.where(
          selection.inCategory(chart.x, dataIndex),
          ["state", "State", (value) => /^failed/.test(value) === isFailed],
          ...(isFailed ? [] : [[chart.subject, "Result", word]]),
        ),
        `${chart.x.name} ${format.short(chart.x.categories[dataIndex])}, ${seriesName}`,
        picture,
      );
    });
  },
};
