import { counted, spelled } from "./stops.js";

function verdict({ counts, broken_units: broken }) {
  if (counts.findings === 0) return broken.length === 0 ? "No problems" : "No problems in what could be analysed";
  return counted(counts.findings, "problem");
}

function levels_of({ errors, warnings, notes }) {
  const levels = [[errors, "error"], [warnings, "warning"], [notes, "note"]];
  return levels.filter(([count]) => count > 0).map(([count, level]) => counted(count, level));
}

export function Summary({ report, theme }) {
  const { counts, tool } = report;
  return (
    <header class="summary">
      <div>
        <h1>{verdict(report)}</h1>
        <p class="quiet">
          {[
            levels_of(counts).join(", "),
            counts.hidden > 0 && `${counts.hidden} hidden by comments or the baseline`,
            `${counts.analysed_units} of ${counted(counts.units, "unit")} analysed`,
            `${tool.name} ${tool.version}`,
          ].filter(Boolean).join(" · ")}
        </p>
      </div>
      <button type="button" onClick={theme.turn} aria-label={`Colours: ${theme.theme}`}>
        {{ auto: "◐ auto", light: "○ light", dark: "● dark" }[theme.theme]}
      </button>
    </header>
  );
}

export function NotAnalysed({ units }) {
  if (units.length === 0) return null;
  return (
    <details class="broken" open={units.length <= 3}>
      <summary>
        <b>{counted(units.length, "unit")} could not be analysed in full</b>, so findings may be missing
      </summary>
      <ul>
        {units.map((unit) => (
          <li>
            <b>{unit.file}</b>: {unit.cause}
            <ul>
              {unit.errors.map((error) => (
                <li class="error-line">
                  {error.place && <code>{spelled(error.place)}</code>} {error.message}
                </li>
              ))}
              {unit.error_count > unit.errors.length && (
                <li class="quiet">and {counted(unit.error_count - unit.errors.length, "more error")}</li>
              )}
            </ul>
          </li>
        ))}
      </ul>
    </details>
  );
}

export function NotRead({ files }) {
  if (files.length === 0) return null;
  return (
    <details class="unread" open={files.length <= 3}>
      <summary>{counted(files.length, "file")} with coroutines that no unit reads, and so not analysed</summary>
      <ul>
        {files.map((file) => (
          <li><code>{file}</code></li>
        ))}
      </ul>
    </details>
  );
}

export function Rules({ rules }) {
  return (
    <details class="rules">
      <summary>{counted(rules.length, "rule")} looked for mistakes</summary>
      <dl>
        {rules.map((rule) => (
          <>
            <dt>{rule.name} <span class="quiet">{rule.level}</span></dt>
            <dd>{rule.summary}</dd>
          </>
        ))}
      </dl>
    </details>
  );
}
