"use strict";

/** One function a kind of chart: from the report's own description to what the drawing library wants. */
const charts = (() => {
  const viridis = [
    "#440154",
    "#414487",
    "#2a788e",
    "#22a884",
    "#7ad151",
    "#fde725",
  ];
  const failing = ["#f3f3f3", "#fdd0a2", "#f16913", "#7f2704"];
  const mostLabels = 120;

  const css = (name) =>
    getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const palette = () =>
    css("--series")
      .split(",")
      .map((c) => c.trim());

  const base = () => ({
    animation: false,
    color: palette(),
    textStyle: { fontFamily: "inherit", color: css("--ink") },
    aria: { enabled: true },
    grid: { left: 12, right: 24, top: 36, bottom: 44, containLabel: true },
    tooltip: {
      trigger: "item",
      confine: true,
      backgroundColor: css("--page"),
      borderColor: css("--line"),
      textStyle: { color: css("--ink") },
    },
  });

  const axis = (description, more = {}) => {
    const isCategory = description.scale === "Category";
    return {
      type: isCategory
        ? "category"
        : description.scale === "Log"
          ? "log"
          : "value",
      data: isCategory ? description.categories.map(format.short) : undefined,
      scale: true,
      name: description.name,
      nameLocation: "middle",
      nameGap: 28,
      nameTextStyle: { color: css("--soft") },
      axisLine: { show: true, lineStyle: { color: css("--line") } },
      axisTick: { lineStyle: { color: css("--line") } },
      axisLabel: {
        color: css("--soft"),
        hideOverlap: true,
        overflow: "truncate",
        width: isCategory ? 110 : undefined,
        formatter: isCategory ? undefined : (value) => format.number(value),
      },
      splitLine: { show: !isCategory, lineStyle: { color: css("--line") } },
      ...more,
    };
  };

  const yAxis = (description, more = {}) =>
    axis(description, {
      nameLocation: "end",
      nameGap: 14,
      nameTextStyle: { color: css("--soft"), align: "left" },
      ...more,
    });

  const legend = (series) =>
    series.length > 1
      ? {
          legend: {
            top: 0,
            right: 0,
            left: 120,
            type: "scroll",
            textStyle: { color: css("--soft") },
            pageTextStyle: { color: css("--soft") },
            itemWidth: 14,
          },
        }
      : {};

  const at = (description, value) =>
    description.scale === "Category"
      ? description.categories[value]
      : format.number(value);

  const runName = (run) =>
    run === null || run === undefined ? "" : names.of(run);

  const points = (chart, type, more) => ({
    ...base(),
    ...legend(chart.series),
    xAxis: axis(chart.x),
    yAxis: yAxis(chart.y),
    series: chart.series.map((series) => ({
      type,
      progressive: 0,
      name: series.name,
      data: series.points.map((p) => ({ value: [p.x, p.y], run: p.run })),
      ...more(series),
    })),
    tooltip: {
      ...base().tooltip,
      formatter: (hit) =>
        format.tip(
          runName(hit.data.run),
          ...(hit.seriesName && !hit.seriesName.startsWith("series")
            ? [["", hit.seriesName]]
            : []),
          [chart.x.name, at(chart.x, hit.data.value[0])],
          [chart.y.name, at(chart.y, hit.data.value[1])],
        ),
    },
  });

  const lines = (chart, shared) => {
    const option = points(chart, "line", (series) => ({
      showSymbol: series.points.length <= 60,
      symbolSize: 7,
      lineStyle: { width: 2 },
      emphasis: { focus: "series" },
    }));
    if (shared) {
      const space = (shared.high - shared.low) * 0.05;
      Object.assign(option.yAxis, {
        min: shared.low - space,
        max: shared.high + space,
      });
      Object.assign(option.yAxis.axisLabel, {
        showMinLabel: false,
        showMaxLabel: false,
      });
    }
    return option;
  };

  const scatter = (chart) => ({
    ...points(chart, "scatter", (series) => ({
      symbolSize: series.points.length > 800 ? 4 : 7,
      itemStyle: { opacity: 0.6 },
    })),
    dataZoom: [{ type: "inside" }],
  });

  const heatmap = (chart, shared) => {
    const cells = chart.cells
      .flatMap((row, y) => row.map((value, x) => [x, y, value]))
      .filter((c) => c[2] !== null);
    const values = cells.map((c) => c[2]);
    const low = chart.isFailureShare
      ? 0
      : (shared?.low ?? values.reduce((a, b) => Math.min(a, b), Infinity));
    const high = chart.isFailureShare
      ? 1
      : (shared?.high ?? values.reduce((a, b) => Math.max(a, b), -Infinity));
    const text = (value) =>
      chart.isFailureShare
        ? `${format.number(value * 100)} %`
        : format.number(value);
    return {
      ...base(),
      grid: { ...base().grid, top: 28, bottom: 76 },
      xAxis: axis(chart.x, { splitArea: { show: false } }),
      yAxis: yAxis(chart.y, { splitLine: { show: false } }),
      visualMap: {
        min: low,
        max: high > low ? high : low + 1,
        calculable: !chart.isFailureShare,
        orient: "horizontal",
        left: "center",
        bottom: 0,
        itemHeight: 140,
        itemWidth: 12,
        text: chart.isFailureShare ? ["all failed", "none"] : [chart.value, ""],
        textStyle: { color: css("--soft") },
        formatter: text,
        inRange: { color: chart.isFailureShare ? failing : viridis },
      },
      series: [
        {
          type: "heatmap",
          progressive: 0,
          data: cells,
          label: {
            show: cells.length <= mostLabels && window.innerWidth > 700,
            formatter: (hit) => text(hit.data[2]),
            fontSize: 11,
          },
          itemStyle: { borderColor: css("--page"), borderWidth: 1 },
        },
      ],
      tooltip: {
        ...base().tooltip,
        formatter: (hit) =>
          format.tip(
            "",
            [chart.x.name, format.short(chart.x.categories[hit.data[0]])],
            [chart.y.name, format.short(chart.y.categories[hit.data[1]])],
            [chart.isFailureShare ? "failed" : chart.value, text(hit.data[2])],
          ),
      },
    };
  };

  const parallel = (chart) => {
    const last = chart.axes.length - 1;
    const values = chart.rows.map((row) => row[last]);
    return {
      ...base(),
      parallel: {
        left: 40,
        right: 60,
        top: 44,
        bottom: 64,
        parallelAxisDefault: { nameGap: 18 },
      },
      parallelAxis: chart.axes.map((a, dim) => ({
        dim,
        ...axis(a),
        nameLocation: "end",
        nameGap: 14,
        nameTruncate: { maxWidth: 110 },
      })),
      visualMap: {
        dimension: last,
        min: values.reduce((a, b) => Math.min(a, b), Infinity),
        max: values.reduce((a, b) => Math.max(a, b), -Infinity),
        orient: "horizontal",
        left: "center",
        bottom: 0,
        itemHeight: 140,
        itemWidth: 12,
        calculable: true,
        formatter: format.number,
        text: [chart.axes[last].name, ""],
        textStyle: { color: css("--soft") },
        inRange: { color: viridis },
      },
      series: [
        {
          type: "parallel",
          progressive: 0,
          lineStyle: {
            width: 1.2,
            opacity: chart.rows.length > 300 ? 0.25 : 0.6,
          },
          data: chart.rows.map((value, i) => ({
            value,
            name: runName(chart.runs[i]),
          })),
        },
      ],
    };
  };

  const rectangle = (api, from, to, half, fill) => {
    const [a, b] = [
      api.coord([from, api.value(0)]),
      api.coord([to, api.value(0)]),
    ];
    const height = api.size([0, 1])[1] * half * 2;
    return {
      type: "rect",
      shape: {
        x: a[0],
        y: a[1] - height / 2,
        width: Math.max(1, b[0] - a[0]),
        height,
      },
      style: { fill },
    };
  };

  const tornado = (chart) => {
    const [low, high] = palette();
    const bars = [...chart.bars].reverse();
    return {
      ...base(),
      xAxis: axis({ name: chart.value, scale: "Linear" }),
      yAxis: axis({
        name: "",
        scale: "Category",
        categories: bars.map((b) => b.parameter),
      }),
      series: [
        {
          type: "custom",
          progressive: 0,
          data: bars.map((b, i) => [i, b.low, b.high]),
          encode: { x: [1, 2], y: 0 },
          renderItem: (_, api) => ({
            type: "group",
            children: [
              rectangle(
                api,
                api.value(1),
                Math.min(chart.base, api.value(2)),
                0.32,
                low,
              ),
              rectangle(
                api,
                Math.max(chart.base, api.value(1)),
                api.value(2),
                0.32,
                high,
              ),
            ],
          }),
          markLine: {
            symbol: "none",
            silent: true,
            lineStyle: { color: css("--ink"), type: "solid" },
            label: {
              formatter: format.number(chart.base),
              color: css("--ink"),
            },
            data: [{ xAxis: chart.base }],
          },
        },
      ],
      tooltip: {
        ...base().tooltip,
        formatter: (hit) => {
          const bar = bars[hit.dataIndex];
          return format.tip(
            bar.parameter,
            [format.short(bar.lowAt), format.number(bar.low)],
            [format.short(bar.highAt), format.number(bar.high)],
            ["base", format.number(chart.base)],
          );
        },
      },
    };
  };

  const bars = (chart) => {
    const shown = [...chart.bars].reverse();
    const whisker = {
      type: "custom",
      progressive: 0,
      data: shown.map((b, i) => {
        const error = b.error ?? 0;
        return [i, b.value, error, b.value - error, b.value + error];
      }),
      encode: { x: [3, 4], y: 0 },
      silent: true,
      renderItem: (_, api) => {
        if (!api.value(2)) return null;
        const from = api.coord([api.value(1) - api.value(2), api.value(0)]);
        const to = api.coord([api.value(1) + api.value(2), api.value(0)]);
        const style = { stroke: css("--ink"), lineWidth: 1.2 };
        const line = (x1, y1, x2, y2) => ({
          type: "line",
          shape: { x1, y1, x2, y2 },
          style,
        });
        return {
          type: "group",
          children: [
            line(from[0], from[1], to[0], to[1]),
            line(from[0], from[1] - 4, from[0], from[1] + 4),
            line(to[0], to[1] - 4, to[0], to[1] + 4),
          ],
        };
      },
      z: 3,
    };
    return {
      ...base(),
      xAxis: axis({ name: chart.value, scale: "Linear" }, { scale: false }),
      yAxis: axis({
        name: "",
        scale: "Category",
        categories: shown.map((b) => b.name),
      }),
      series: [
        { type: "bar", data: shown.map((b) => b.value), barMaxWidth: 26 },
        whisker,
      ],
      tooltip: {
        ...base().tooltip,
        formatter: (hit) => {
          const bar = shown[hit.dataIndex];
          return format.tip(
            bar.name,
            [chart.value, format.number(bar.value)],
            ...(bar.error ? [["±", format.number(bar.error)]] : []),
          );
        },
      },
    };
  };

  /** An axis whose ends are no round numbers. */
  const withoutEnds = (description) => {
    Object.assign(description.axisLabel, {
      showMinLabel: false,
      showMaxLabel: false,
    });
    return description;
  };

  const histogram = (chart) => ({
    ...base(),
    xAxis: withoutEnds(
      axis(chart.x, { min: chart.edges[0], max: chart.edges.at(-1) }),
    ),
    yAxis: yAxis({ name: "runs", scale: "Linear" }, { scale: false, min: 0 }),
    series: [
      {
        type: "custom",
        progressive: 0,
        data: chart.counts.map((count, i) => [
          chart.edges[i],
          chart.edges[i + 1],
          count,
        ]),
        encode: { x: [0, 1], y: 2 },
        renderItem: (_, api) => {
          const [a, b] = [
            api.coord([api.value(0), api.value(2)]),
            api.coord([api.value(1), 0]),
          ];
          return {
            type: "rect",
            shape: {
              x: a[0] + 0.5,
              y: a[1],
              width: Math.max(1, b[0] - a[0] - 1),
              height: b[1] - a[1],
            },
            style: { fill: palette()[0] },
          };
        },
        markLine: {
          symbol: "none",
          silent: true,
          lineStyle: { color: css("--ink") },
          data: chart.marks.map((mark, i) => ({
            xAxis: mark.value,
            label: {
              formatter: mark.name,
              color: css("--ink"),
              distance: i % 2 === 0 ? 3 : 16,
            },
          })),
        },
      },
    ],
    tooltip: {
      ...base().tooltip,
      formatter: (hit) =>
        format.tip(
          "",
          [
            chart.x.name,
            `${format.number(hit.data[0])} to ${format.number(hit.data[1])}`,
          ],
          ["runs", hit.data[2]],
        ),
    },
  });

  const timeline = (chart) => {
    const lanes =
      chart.spans.reduce((most, span) => Math.max(most, span.lane), 0) + 1;
    const end = chart.spans.reduce(
      (last, span) => Math.max(last, span.ended),
      chart.concurrency.at(-1)?.x ?? 1,
    );
    const time = (more) =>
      axis(
        { name: "", scale: "Linear" },
        { min: 0, max: end, splitLine: { show: false }, ...more },
      );
    const seconds = {
      color: css("--soft"),
      hideOverlap: true,
      formatter: (value) => format.seconds(value),
    };
    return {
      ...base(),
      grid: [
        { left: 44, right: 24, top: 16, height: "58%" },
        { left: 44, right: 24, top: "72%", bottom: 40 },
      ],
      xAxis: [
        time({ gridIndex: 0, axisLabel: { show: false } }),
        time({ gridIndex: 1, axisLabel: seconds }),
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
        yAxis(
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
      dataZoom: [{ type: "inside", xAxisIndex: [0, 1] }],
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
          renderItem: (hit, api) => {
            const state = chart.spans[hit.dataIndex].state;
            const top = (value) => api.coord([value, api.value(0)]);
            const height = Math.max(1, api.size([0, 1])[1] - 1);
            const box = (from, to, fill) => ({
              type: "rect",
              shape: {
                x: top(from)[0],
                y: top(from)[1],
                width: Math.max(0.5, top(to)[0] - top(from)[0]),
                height,
              },
              style: { fill },
            });
            return {
              type: "group",
              children: [
                box(api.value(1), api.value(2), css("--waiting")),
                box(
                  api.value(2),
                  api.value(3),
                  state === "failed" ? css("--bad") : palette()[0],
                ),
              ],
            };
          },
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
      ],
      tooltip: {
        ...base().tooltip,
        formatter: (hit) => {
          const span = chart.spans[hit.dataIndex];
          return format.tip(
            format.short(span.name),
            ["state", span.state],
            ["waited", format.seconds(span.running - span.submitted)],
            ["ran", format.seconds(span.ended - span.running)],
          );
        },
      },
    };
  };

  const kinds = {
    lines,
    scatter,
    heatmap,
    parallel,
    tornado,
    bars,
    histogram,
    timeline,
  };
  const drawn = [];

  const draw = (place, chart, shared) => {
    const description = format.element("div", "chart");
    description.setAttribute("role", "img");
    description.setAttribute(
      "aria-label",
      [chart.title, chart.note].filter(Boolean).join(". "),
    );
    place.append(description);
    if (chart.kind === "tornado" || chart.kind === "bars")
      description.style.height = `${Math.max(220, 90 + 30 * chart.bars.length)}px`;
    if (chart.kind === "heatmap" && chart.y.categories.length > 12)
      description.style.height = `${Math.min(900, 130 + 22 * chart.y.categories.length)}px`;
    const picture = echarts.init(description, null, { renderer: "canvas" });
    const show = () =>
      picture.setOption(kinds[chart.kind](chart, shared), true);
    show();
    drawn.push({ picture, show });
  };

  /** The range of all panels, so that they can be compared. */
  const range = (panels) => {
    const values = panels.flatMap((chart) =>
      chart.kind === "lines"
        ? chart.series.flatMap((s) => s.points.map((p) => p.y))
        : chart.kind === "heatmap"
          ? chart.cells.flat().filter((v) => v !== null)
          : [],
    );
    if (values.length === 0) return undefined;
    const low = values.reduce((a, b) => Math.min(a, b));
    const high = values.reduce((a, b) => Math.max(a, b));
    return low < high ? { low, high } : undefined;
  };

  return {
    /** Draws a chart as a figure of its own. */
    figure(chart) {
      const figure = format.element(
        "figure",
        "",
        format.element("h3", "", chart.title),
      );
      figure.id = chart.id;
      if (chart.kind === "panels") {
        const shared = range(chart.charts);
        const panels = format.element("div", "panels");
        figure.append(panels);
        requestAnimationFrame(() => {
          for (const small of chart.charts) {
            const panel = format.element(
              "div",
              "",
              format.element("h4", "", small.title),
            );
            panels.append(panel);
            draw(panel, small, shared);
          }
        });
      } else {
        requestAnimationFrame(() =>
          draw(figure.firstChild.nextSibling ?? figure, chart),
        );
        figure.append(format.element("div", ""));
      }
      if (["panels", "timeline", "parallel"].includes(chart.kind))
        figure.classList.add("full");
      if (chart.note) figure.append(format.element("p", "note", chart.note));
      return figure;
    },

    /** Draws all again, in the colours of now. */
    redraw() {
      for (const { show } of drawn) show();
    },

    /** Fits all to their places. */
    resize() {
      for (const { picture } of drawn) picture.resize();
    },
  };
})();
