// One finding: what is wrong, the source, the way to the cause, what to write instead, and the rule's page.

import { marked } from "marked";
import { useMemo } from "preact/hooks";
import { Code } from "./code.jsx";
import { how_hidden, spelled } from "./stops.js";

function Stops({ finding, at, go }) {
  if (finding.stops.length < 2) return null;
  return (
    <nav aria-label="Places of this finding">
      <ol class="stops">
        {finding.stops.map((stop, i) => (
          <li key={i}>
            <button type="button" class={`stop ${stop.kind}`} aria-current={i === at ? "step" : undefined}
              onClick={() => go(i)}>
              <span class="badge">{stop.kind === "step" ? stop.number : stop.kind === "note" ? "i" : "!"}</span>
              <span>
                <b>{stop.title}</b> {stop.text}
                <small>{spelled(stop.place)}</small>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Fix({ finding }) {
  const [fix] = finding.fixes;
  if (!fix) return null;
  const rows = ({ first, before, after }) => [
    ...before.map((text, i) => ({ number: first + i, sign: "-", text })),
    ...after.map((text, i) => ({ number: first + i, sign: "+", text })),
  ];
  return (
    <section class="fix" aria-label="Fix">
      <p>
        <b>Fix:</b> {fix.message}{" "}
        <span class="quiet">
          ({fix.applicability === "safe" ? "safe: corolint check --fix" : "may change what the program does: corolint check --fix --unsafe-fixes"})
        </span>
      </p>
      <div class="code">
        <div class="sheet">
          {finding.changes.flatMap(rows).map(({ number, sign, text }) => (
            <div class={`line ${sign === "-" ? "removed" : "added"}`}>
              <span class="number">{number} {sign}</span>
              <code>{text}</code>
            </div>
          ))}
        </div>
      </div>
    </section>
  );
}

// The pages are corolint's own, so their Markdown may become HTML; the page's policy runs no script in it anyway.
function RulePage({ rule }) {
  const html = useMemo(() => marked.parse(rule.page.replace(/^# .*\n/, "")), [rule]);
  return (
    <details class="rule-page">
      <summary>
        Why this matters: <b>{rule.name}</b>
        {rule.cwe && ` (CWE-${rule.cwe})`}
      </summary>
      <div dangerouslySetInnerHTML={{ __html: html }} />
    </details>
  );
}

export function Finding({ finding, report, at, go }) {
  const current = finding.stops[Math.min(at, finding.stops.length - 1)];
  const file = current.place.file;
  const stops = useMemo(() => finding.stops.filter((stop) => stop.place.file === file), [finding, file]);
  const rule = report.rules.find(({ name }) => name === finding.rule);
  return (
    <article class="finding" aria-labelledby={`${finding.id}-title`}>
      <h2 id={`${finding.id}-title`}>
        <span class={`level ${finding.level}`}>{finding.level}</span> {finding.message}
      </h2>
      <p class="quiet">
        {finding.rule}
        {finding.function && <> · in <code>{finding.function}</code></>}
        {finding.hidden_by && <> · {how_hidden(finding)}{finding.reason && `: ${finding.reason}`}</>}
      </p>
      <Stops finding={finding} at={at} go={go} />
      <h3 class="place">{spelled(current.place)}</h3>
      <Code source={report.files[file]} stops={stops} current={current} />
      {finding.remarks.map((remark) => (
        <p class="remark"><b>Note:</b> {remark}</p>
      ))}
      {finding.help && <p class="help"><b>Help:</b> {finding.help}</p>}
      <Fix finding={finding} />
      {rule && <RulePage rule={rule} />}
    </article>
  );
}
