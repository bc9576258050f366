"use strict";

(() => {
  const ink = () => ({ color: style.css("--ink") });

  /** A bar of a tornado from one value to another. */
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

  /** The parameter's value at the end of a bar. */
  const end = (api, at, value, side) => {
    const [x, y] = api.coord([at, api.value(0)]);
    return {
      type: "text",
      silent: true,
      style: {
        text: style.shortCategory(value),
        x: x + 5 * side,
        y,
        align: side < 0 ? "right" : "left",
        verticalAlign: "middle",
        fill: style.css("--soft"),
        fontSize: 11,
      },
    };
  };

  kinds.tornado = {
    height: (chart) => Math.max(240, 110 + 30 * chart.bars.length),

    table: (chart) => ({
      head: [
        "parameter",
        `least ${chart.value}`,
        "at",
        `greatest ${chart.value}`,
        "at",
      ],
      rows: chart.bars.map((b) => [
        b.parameter,
        format.number(b.low),
        b.lowAt,
        format.number(b.high),
        b.highAt,
      ]),
    }),

    option(chart) {
      const [low, high] = style.palette();
      const bars = [...chart.bars].reverse();
      const { legend, series } = style.keys(
        [`below ${format.number(chart.base)}`, low],
        [`above ${format.number(chart.base)}`, high],
      );
      return {
        ...style.base(),
        legend,
        grid: { ...style.base().grid, top: 56 },
        xAxis: style.toBase(
          style.axis(
            { name: chart.value, scale: "Linear", isWhole: chart.isWhole },
            { boundaryGap: ["12%", "12%"] },
          ),
          chart,
          chart.bars.flatMap((b) => [b.low, b.high]),
        ),
        yAxis: style.axis({
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
            renderItem: (_, api) => {
              const bar = bars[api.value(0)];
              return {
                type: "group",
                children: [
                  rectangle(
                    api,
                    bar.low,
                    Math.min(chart.base, bar.high),
                    0.32,
                    low,
                  ),
                  rectangle(
                    api,
                    Math.max(chart.base, bar.low),
                    bar.high,
                    0.32,
                    high,
                  ),
                  ...(bar.low < bar.high
                    ? [
                        end(api, bar.low, bar.lowAt, -1),
                        end(api, bar.high, bar.highAt, 1),
                      ]
                    : []),
                ],
              };
            },
            markLine: {
              symbol: "none",
              silent: true,
              lineStyle: { ...ink(), type: "solid" },
              label: { formatter: format.number(chart.base), ...ink() },
              data: [
                { xAxis: chart.base },
                ...(chart.baseRun && chart.baseRun.value !== chart.base
                  ? [
                      {
                        xAxis: chart.baseRun.value,
                        lineStyle: { ...ink(), type: "dashed" },
                        label: { formatter: "base run", distance: 17, ...ink() },
                      },
                    ]
                  : []),
              ],
            },
          },
          ...series,
        ],
        tooltip: {
          ...style.base().tooltip,
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
    },
  };

  const length = (chart, value) =>
    chart.isShare && value !== null && value !== undefined
      ? style.percent(value)
      : format.number(value);

  /** The confidence intervals over the bars. */
  const whiskers = (bars, isShare) => ({
    type: "custom",
    progressive: 0,
    silent: true,
    z: 3,
    clip: true,
    data: bars.map((b, i) => {
      const error = b.error ?? 0;
      const least = isShare ? Math.max(0, b.value - error) : b.value - error;
      const most = isShare ? Math.min(1, b.value + error) : b.value + error;
      return [i, b.value, error, least, most];
    }),
    encode: { x: [3, 4], y: 0 },
    renderItem: (_, api) => {
      if (!api.value(2)) return null;
      const from = api.coord([api.value(3), api.value(0)]);
      const to = api.coord([api.value(4), api.value(0)]);
      const line = (x1, y1, x2, y2) => ({
        type: "line",
        shape: { x1, y1, x2, y2 },
        style: { stroke: style.css("--ink"), lineWidth: 1.2 },
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
  });

  /** From 0 to a round share, in even steps. */
  const shares = (chart) => {
    const most = Math.min(
      1,
      Math.max(0.05, ...chart.bars.map((b) => b.value + (b.error ?? 0))),
    );
    const interval = [0.01, 0.02, 0.05, 0.1, 0.2].find((s) => most <= 5 * s);
    const steps = Math.ceil(Number((most / interval).toFixed(9)));
    return { min: 0, max: Number((steps * interval).toFixed(9)), interval };
  };

  kinds.bars = {
    height: (chart) => Math.max(220, 90 + 30 * chart.bars.length),

    table: (chart) => ({
      head: ["", chart.value, "±"],
      rows: chart.bars.map((b) => [
        b.name,
        length(chart, b.value),
        length(chart, b.error),
      ]),
    }),

    option(chart) {
      const shown = [...chart.bars].reverse();
      return {
        ...style.base(),
        xAxis: style.toBase(
          style.axis(
          { name: chart.value, scale: "Linear", isShare: chart.isShare },
          {
            scale: false,
            ...(chart.isShare ? shares(chart) : {}),
          },
          ),
          chart,
          [0, ...chart.bars.map((b) => b.value)],
        ),
        yAxis: style.axis({
          name: "",
          scale: "Category",
          categories: shown.map((b) => b.name),
        }),
        series: [
          {
            type: "bar",
            data: shown.map((b) =>
              chart.isShare ? Math.max(0, b.value) : b.value,
            ),
            barMaxWidth: 26,
            ...style.baseLine(chart, "xAxis"),
          },
          whiskers(shown, chart.isShare),
        ],
        tooltip: {
          ...style.base().tooltip,
          formatter: (hit) => {
            const bar = shown[hit.dataIndex];
            return format.tip(
              bar.name,
              [chart.value, length(chart, bar.value)],
              ...(bar.error ? [["±", length(chart, bar.error)]] : []),
            );
          },
        },
      };
    },
  };
})();
