import { useEffect, useRef, useState } from "preact/hooks";
import { how_hidden, spelled } from "./stops.js";

const page = 200; // more rows at once make a large report slow

export function List({ findings, selected, select }) {
  const [limit, set_limit] = useState(page);
  const list = useRef(null);
  const index = findings.indexOf(selected);
  const shown = findings.slice(0, Math.max(limit, index + 1));
  useEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  return (
    <div class="list" ref={list}>
      <ol>
        {shown.map((finding) => (
          <li key={finding.id}>
            <button type="button" aria-current={finding === selected ? "true" : undefined}
              onClick={() => select(finding)}>
              <span class={`level ${finding.level}`}>{finding.level}</span>
              <span class="rule">{finding.rule}</span>
              {finding.hidden_by && <span class="rule how-hidden">{how_hidden(finding)}</span>}
              <span class="what">{finding.message}</span>
              <span class="where">{spelled(finding.place)}</span>
            </button>
          </li>
        ))}
      </ol>
      {shown.length < findings.length && (
        <button type="button" class="more" onClick={() => set_limit(limit + page)}>
          show more ({findings.length - shown.length} left)
        </button>
      )}
    </div>
  );
}
