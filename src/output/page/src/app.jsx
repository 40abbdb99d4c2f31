import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Charts } from "./charts.jsx";
import { Finding } from "./finding.jsx";
import { chosen, everything } from "./filter.js";
import { Filters } from "./filters.jsx";
import { List } from "./list.jsx";
import { NotAnalysed, NotRead, Rules, Summary } from "./summary.jsx";
import { counted } from "./stops.js";
import { useTheme } from "./theme.js";

const keys = "j and k: next and previous finding · n and p: along its places · /: search";

// Returns the finding that the address names, as a link to one does.
function linked(findings) {
  return findings.find((finding) => `#${finding.id}` === location.hash);
}

function useKeys(actions) {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const press = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const is_typing = event.target.matches("input[type=search], select");
      if (is_typing && event.key !== "Escape") return;
      const action = latest.current[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}

export function App({ report }) {
  const theme = useTheme();
  const search = useRef(null);
  const [filter, set_filter] = useState(everything);
  const [selected, set_selected] = useState(() => linked(report.findings));
  const [at, set_at] = useState(0);
  const shown = useMemo(() => chosen(report.findings, filter), [filter]);
  const open = useMemo(() => report.findings.filter((finding) => !finding.hidden_by), [report]);
  const all = filter.hidden ? report.findings : open;
  const current = shown.includes(selected) ? selected : shown[0];
  const change = (fields) => set_filter((old) => ({ ...old, ...fields }));
  const select = (finding) => {
    if (!finding) return;
    set_selected(finding);
    set_at(0);
    history.replaceState(null, "", `#${finding.id}`);
  };
  const step = (by) => current && set_at(Math.min(Math.max(at + by, 0), current.stops.length - 1));
  useKeys({
    j: () => select(shown[shown.indexOf(current) + 1]),
    k: () => select(shown[shown.indexOf(current) - 1]),
    n: () => step(1),
    p: () => step(-1),
    "/": () => search.current?.focus(),
    Escape: () => (document.activeElement === search.current ? search.current.blur() : set_filter(everything)),
  });
  return (
    <>
      <Summary report={report} theme={theme} />
      <NotAnalysed units={report.broken_units} />
      <NotRead files={report.unread_files} />
      <Charts findings={open} change={change} is_dark={theme.is_dark} />
      {report.findings.length > 0 && (
        <Filters findings={all} hidden={report.findings.length - open.length} filter={filter} change={change}
          search={search} />
      )}
      {report.findings.length > 0 && (
        <p class="quiet shown" role="status">
          {shown.length} of {counted(all.length, "problem")} shown
          {shown.length < all.length && (
            <button type="button" onClick={() => set_filter(everything)}>show all</button>
          )}
          <span class="keys">{keys}</span>
        </p>
      )}
      {current && (
        <main>
          <List findings={shown} selected={current} select={select} />
          <Finding key={current.id} finding={current} report={report} at={current === selected ? at : Math.min(at, 0)}
            go={(i) => { set_selected(current); set_at(i); }} />
        </main>
      )}
      <Rules rules={report.rules} />
    </>
  );
}
