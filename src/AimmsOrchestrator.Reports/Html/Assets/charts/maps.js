"use strict";

(() => {
  const mostLabels = 120;

  /** The colour scale below a chart. */
  const colours = (low, high, more) => ({
    min: low,
    max: high > low ? high : low + 1,
    orient: "horizontal",
    left: "center",
    bottom: 0,
    itemHeight: 140,
    itemWidth: 12,
    textStyle: { color: style.css("--soft") },
    ...more,
  });

  /** Labels that stay legible on the lines of a chart. */
  const withHalo = (axis) => {
    Object.assign(axis.axisLabel, {
      color: style.css("--ink"),
      textBorderColor: style.css("--page"),
      textBorderWidth: 3,
    });
    return axis;
  };

  /** An axis with a tick at each value, if the values are few. */
  const ticked = (description) => {
    const axis = style.axis(description);
    const { values } = description;
    if (!values || values.length < 2) return axis;
    axis.axisTick.customValues = values;
    axis.axisLabel.customValues = values;
    return { ...axis, min: values[0], max: values.at(-1) };
  };

  const figure = (chart, value) =>
    chart.isFailureShare ? style.percent(value) : format.grouped(value);

  kinds.heatmap = {
    height: (chart, width) =>
      Math.max(340, Math.min(900, 130 + 22 * chart.y.categories.length)) +
      6 * style.leaning(chart.x, width),

    table: (chart) => ({
      head: [
        chart.y.name,
        ...chart.x.categories.map((c) => `${chart.x.name}=${c}`),
      ],
      rows: chart.cells.map((row, y) => [
        chart.y.categories[y],
        ...row.map((value, x) =>
          value === null ? cells.why(chart, x, y) : figure(chart, value),
        ),
      ]),
    }),

    note: (chart) =>
      cells.note(chart),

    hint: "A click on a cell marks its runs in the table and in the other charts; Esc marks none.",

    brush(chart, picture) {
      picture.on("click", ({ data }) => {
        cells.choose(chart, picture, data?.value ?? data ?? []);
      });
    },

    option(chart, { shared, width }) {
      const filled = chart.cells
        .flatMap((row, y) => row.map((value, x) => [x, y, value]))
        .filter((c) => c[2] !== null);
      const { low, high } = chart.isFailureShare
        ? { low: 0, high: 1 }
        : (shared ?? style.span(filled.map((c) => c[2])));
      const x = style.xAxis(chart.x, width, { splitArea: { show: false } });
      return {
        ...style.base(),
        grid: { ...style.base().grid, top: 28, bottom: 76 },
        xAxis: x,
        yAxis: style.yAxis(chart.y, { splitLine: { show: false } }),
        visualMap: colours(low, high, {
          seriesIndex: 0,
          calculable: !chart.isFailureShare,
          text: chart.isFailureShare
            ? ["all failed", "none"]
            : [chart.value, ""],
          formatter: (value) => figure(chart, value),
          inRange: {
            color: chart.isFailureShare ? style.failing : style.viridis,
          },
        }),
        series: [
          {
            type: "heatmap",
            data: filled,
            label: {
              show:
                filled.length <= mostLabels &&
                chart.x.categories.length * 46 < width - 80,
              // Where no run failed the colour says so.
              formatter: (hit) =>
                chart.isFailureShare && hit.data[2] === 0
                  ? ""
                  : figure(chart, hit.data[2]),
              fontSize: 11,
            },
            itemStyle: { borderColor: style.css("--page"), borderWidth: 1 },
          },
          ...cells.hatched(chart),
          ...cells.framed(chart),
        ],
        tooltip: {
          ...style.base().tooltip,
          formatter: (hit) =>
            format.tip(
              "",
              [chart.x.name, format.short(chart.x.categories[hit.data[0]])],
              [chart.y.name, format.short(chart.y.categories[hit.data[1]])],
              [
                chart.isFailureShare ? "failed" : chart.value,
                typeof hit.data[2] === "string"
                  ? hit.data[2]
                  : figure(chart, hit.data[2]),
              ],
            ),
        },
      };
    },
  };

  kinds.parallel = {
    /** The pixels that the axes need: a phone scrolls sideways. */
    widthOfAxis: 84,

    table: (chart) => ({
      head: ["run", ...chart.axes.map((a) => a.name)],
      rows: chart.rows.map((row, i) => [
        style.runName(chart.runs[i]),
        ...row.map((value, a) => style.at(chart.axes[a], value)),
      ]),
    }),

    hint: "Drag along an axis to mark the runs within a range, in the table and in the other charts; Esc marks none.",

    brush(chart, picture) {
      picture.on("axisareaselected", () => {
        const model = picture.getModel();
        const ranges = chart.axes.flatMap((a, i) =>
          model
            .getComponent("parallelAxis", i)
            .activeIntervals.map(([from, to]) => [i, from, to]),
        );
        if (ranges.length === 0) return selection.clear(picture);
        const words = ranges.map(([i, from, to]) => {
          const at = chart.axes[i];
          const [low, high] = at.categories
            ? [Math.ceil(from), Math.floor(to)]
            : [from, to];
          return `${at.name} ${style.end(at, low, to - from)} to ${style.end(at, high, to - from)}`;
        });
        selection.choose(
          model
            .getSeriesByIndex(0)
            .getRawIndicesByActiveState("active")
            .map((i) => chart.runs[i]),
          words.join(", "),
          picture,
        );
      });
    },

    option(chart) {
      const last = chart.axes.length - 1;
      const { low, high } = style.span(chart.rows.map((row) => row[last]));
      // The end of the scale nearest to the page's background colour is left out.
      const ramp = style.isDark()
        ? style.viridis.slice(2)
        : style.viridis.slice(0, 4);
      return {
        ...style.base(),
        parallel: {
          left: 40,
          right: 60,
          top: 44,
          bottom: 64,
          parallelAxisDefault: { nameGap: 18, realtime: false },
        },
        parallelAxis: chart.axes.map((a, dim) => ({
          dim,
          ...withHalo(ticked(a)),
          realtime: false,
          nameLocation: "end",
          nameGap: 14,
          nameTruncate: {
            maxWidth: kinds.parallel.widthOfAxis - 8,
            ellipsis: "…",
          },
        })),
        visualMap: colours(low, high, {
          seriesIndex: 0,
          dimension: last,
          calculable: true,
          formatter: format.grouped,
          text: [chart.axes[last].name, ""],
          inRange: { color: ramp },
        }),
        series: [
          {
            type: "parallel",
            progressive: 0,
            lineStyle: {
              width: 1.4,
              opacity: chart.rows.length > 300 ? 0.35 : 0.7,
            },
            data: chart.rows.map((value, i) => ({
              value,
              name: style.runName(chart.runs[i]),
              ...(selection.runs
                ? { lineStyle: { opacity: style.weight(chart.runs[i], 0.8) } }
                : {}),
            })),
          },
          ...(chart.baseRow
            ? [
                {
                  type: "parallel",
                  silent: true,
                  z: 5,
                  lineStyle: {
                    width: 3,
                    type: "dashed",
                    color: style.css("--ink"),
                    opacity: 1,
                  },
                  data: [{ value: chart.baseRow, name: "base run" }],
                },
              ]
            : []),
        ],
        tooltip: {
          ...style.base().tooltip,
          formatter: (hit) =>
            format.tip(
              hit.name,
              ...chart.axes.map((a, i) => [a.name, style.at(a, hit.value[i])]),
            ),
        },
      };
    },
  };
})();
