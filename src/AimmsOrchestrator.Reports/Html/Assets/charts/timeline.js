"use strict";

(() => {
  const span = (chart) => (hit, api) => {
    const { state, run } = chart.spans[hit.dataIndex];
    const opacity = style.weight(run);
    const height = Math.max(1, api.size([0, 1])[1] - 1);
    const box = (from, to, fill) => {
      const [x, y] = api.coord([from, api.value(0)]);
      const width = Math.max(1.5, api.coord([to, api.value(0)])[0] - x);
      return {
        type: "rect",
        shape: { x, y, width, height },
        style: { fill, opacity },
      };
    };
    return {
      type: "group",
      children: [
        box(api.value(1), api.value(2), style.css("--waiting")),
        box(
          api.value(2),
          api.value(3),
          state === "failed" ? style.css("--bad") : style.palette()[0],
        ),
      ],
    };
  };

  const lanesOf = (chart) =>
    style.span(chart.spans.map((s) => s.lane)).high + 1;

  /** A few lanes are no taller than a line of text needs; many share what there is. */
  const lanesHeight = (chart) =>
    Math.max(28, Math.min(260, 24 * lanesOf(chart)));

  const steps = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600,
    43200, 86400,
  ];

  /** A step between ticks that people count time in, of which `most` reach the end. */
  const step = (end, most) => {
    if (end > most) return steps.find((s) => end / s <= most) ?? end / most;
    const power = 10 ** Math.floor(Math.log10(end / most));
    return [1, 2, 5, 10].map((n) => n * power).find((s) => end / s <= most);
  };

  kinds.timeline = {
    hint: "Ctrl and the mouse wheel zoom; Ctrl and dragging move.",

    note: (chart) =>
      `Second 0 is ${format.moment(chart.start)}. Each bar is one task.`,

    height: (chart) => 150 + lanesHeight(chart),


    table: (chart) => ({
      head: ["run", "state", "submitted", "waited", "ran"],
      rows: chart.spans.map((s) => [
        format.short(s.name),
        s.state,
        format.seconds(s.submitted),
        format.seconds(s.running - s.submitted),
        format.seconds(s.ended - s.running),
      ]),
    }),

    option(chart, { width }) {
      const lanes = lanesOf(chart);
      const { legend, series } = style.keys(
        ["waited", style.css("--waiting")],
        ["ran", style.palette()[0]],
        chart.spans.some((s) => s.state === "failed")
          ? ["failed", style.css("--bad")]
          : null,
      );
      const end = Math.max(
        style.span(chart.spans.map((s) => s.ended)).high,
        chart.concurrency.at(-1)?.x ?? 1,
      );
      const time = (more) =>
        style.axis(
          { name: "", scale: "Linear" },
          {
            min: 0,
            max: end,
            interval: end > 0 ? step(end, Math.max(3, width / 110)) : undefined,
            splitLine: { show: false },
            ...more,
          },
        );
      return {
        ...style.base(),
        grid: [
          { left: 44, right: 24, top: 30, height: lanesHeight(chart) },
          { left: 44, right: 24, top: 64 + lanesHeight(chart), bottom: 28 },
        ],
        legend,
        xAxis: [
          time({ gridIndex: 0, axisLabel: { show: false } }),
          time({
            gridIndex: 1,
            axisLabel: {
              color: style.css("--soft"),
              hideOverlap: true,
              showMaxLabel: false,
              formatter: (value) => format.seconds(value),
            },
          }),
        ],
        yAxis: [
          {
            type: "value",
            gridIndex: 0,
            min: 0,
            max: lanes,
            inverse: true,
            show: false,
          },
          style.yAxis(
            { name: "unfinished tasks", scale: "Linear" },
            {
              gridIndex: 1,
              scale: false,
              minInterval: 1,
              splitNumber: 2,
              nameGap: 8,
            },
          ),
        ],
        dataZoom: [
          {
            type: "inside",
            xAxisIndex: [0, 1],
            moveOnMouseMove: "ctrl",
            preventDefaultMouseMove: false,
          },
        ],
        series: [
          {
            type: "custom",
            progressive: 0,
            data: chart.spans.map((s) => [
              s.lane,
              s.submitted,
              s.running,
              s.ended,
            ]),
            encode: { x: [1, 3], y: 0 },
            clip: true,
            renderItem: span(chart),
          },
          {
            type: "line",
            xAxisIndex: 1,
            yAxisIndex: 1,
            step: "end",
            showSymbol: false,
            silent: true,
            areaStyle: { opacity: 0.15 },
            data: chart.concurrency.map((p) => [p.x, p.y]),
          },
          ...series,
        ],
        tooltip: {
          ...style.base().tooltip,
          formatter: (hit) => {
            const { name, state, submitted, running, ended } =
              chart.spans[hit.dataIndex];
            return format.tip(
              format.short(name),
              ["state", state],
              [
                "submitted",
                format.moment(Date.parse(chart.start) + submitted * 1000),
              ],
              ["waited", format.seconds(running - submitted)],
              ["ran", format.seconds(ended - running)],
            );
          },
        },
      };
    },
  };
})();
