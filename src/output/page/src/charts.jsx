// Counts as bars, stacked by level; a click on a bar filters. The same numbers stand in the filters, as text.

import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from "chart.js";
import { useEffect, useRef } from "preact/hooks";
import { counts_by, levels } from "./filter.js";
import { color_of } from "./theme.js";

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

const most_bars = 8;

function rows_of(counts) {
  if (counts.length <= most_bars) return counts;
  const rest = counts.slice(most_bars - 1);
  const sum = (level) => rest.reduce((total, [, count]) => total + count[level], 0);
  const others = { error: sum("error"), warning: sum("warning"), note: sum("note") };
  return [...counts.slice(0, most_bars - 1), [`${rest.length} others`, others, true]];
}

// The end of a name tells more than its start.
function shortened(name) {
  return name.length > 28 ? `…${name.slice(-27)}` : name;
}

function options(rows, pick) {
  const text = color_of("--text");
  const grid = color_of("--line");
  return {
    indexAxis: "y",
    animation: false,
    maintainAspectRatio: false,
    onClick: (_, [bar]) => bar && !rows[bar.index][2] && pick(rows[bar.index][0]),
    onHover: (event, [bar]) => (event.native.target.style.cursor = bar ? "pointer" : ""),
    plugins: { tooltip: { callbacks: { title: ([item]) => rows[item.dataIndex][0] } } },
    scales: {
      x: { stacked: true, ticks: { color: text, precision: 0, maxTicksLimit: 5 }, grid: { color: grid } },
      y: { stacked: true, ticks: { color: text, autoSkip: false }, grid: { display: false } },
    },
  };
}

function Bars({ title, counts, pick, is_dark }) {
  const canvas = useRef(null);
  const rows = rows_of(counts);
  useEffect(() => {
    const shown = levels.filter((level) => rows.some(([, count]) => count[level] > 0));
    const chart = new Chart(canvas.current, {
      type: "bar",
      data: {
        labels: rows.map(([name]) => shortened(name)),
        datasets: shown.map((level) => ({
          label: level,
          data: rows.map(([, count]) => count[level]),
          backgroundColor: color_of(`--${level}`),
          maxBarThickness: 22,
        })),
      },
      options: options(rows, pick),
    });
    return () => chart.destroy();
  }, [counts, is_dark]);
  const spoken = rows.map(([name, count]) => `${name}: ${levels.map((level) => `${count[level]} ${level}`).join(", ")}`);
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <div class="canvas" style={{ height: `${rows.length * 30 + 34}px` }}>
        <canvas ref={canvas} role="img" aria-label={`${title}. ${spoken.join("; ")}`} />
      </div>
    </figure>
  );
}

export function Charts({ findings, change, is_dark }) {
  if (findings.length === 0) return null;
  const by_level = levels
    .map((level) => counts_by(findings.filter((finding) => finding.level === level), () => level))
    .flat();
  return (
    <section class="charts" aria-label="Counts">
      <Bars title="By level" counts={by_level} is_dark={is_dark} pick={(level) => change({ levels: new Set([level]) })} />
      <Bars title="By rule" counts={counts_by(findings, (finding) => finding.rule)} is_dark={is_dark}
        pick={(rule) => change({ rule })} />
      <Bars title="By folder" counts={counts_by(findings, (finding) => finding.folder)} is_dark={is_dark}
        pick={(folder) => change({ folder })} />
    </section>
  );
}
