import { counts_by, levels } from "./filter.js";

function Choice({ label, value, counts, pick }) {
  const total = ([, count]) => count.error + count.warning + count.note;
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => pick(event.currentTarget.value)}>
        <option value="">all</option>
        {counts.map((row) => (
          <option value={row[0]}>{`${row[0]} (${total(row)})`}</option>
        ))}
      </select>
    </label>
  );
}

export function Filters({ findings, hidden, filter, change, search }) {
  const toggle = (level) => {
    const kept = new Set(filter.levels);
    if (!kept.delete(level)) kept.add(level);
    change({ levels: kept });
  };
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <label class="search">
        Search
        <input ref={search} type="search" value={filter.text} placeholder="file, function, message   ( / )"
          onInput={(event) => change({ text: event.currentTarget.value })} />
      </label>
      <fieldset>
        <legend>Level</legend>
        {levels.map((level) => (
          <label class="toggle">
            <input type="checkbox" checked={filter.levels.has(level)} onChange={() => toggle(level)} />
            {level} ({findings.filter((finding) => finding.level === level).length})
          </label>
        ))}
        {hidden > 0 && (
          <label class="toggle">
            <input type="checkbox" checked={filter.hidden} onChange={() => change({ hidden: !filter.hidden })} />
            hidden ones too ({hidden})
          </label>
        )}
      </fieldset>
      <Choice label="Rule" value={filter.rule} counts={counts_by(findings, (finding) => finding.rule)}
        pick={(rule) => change({ rule })} />
      <Choice label="Folder" value={filter.folder} counts={counts_by(findings, (finding) => finding.folder)}
        pick={(folder) => change({ folder })} />
      <label>
        Order
        <select value={filter.order} onChange={(event) => change({ order: event.currentTarget.value })}>
          <option value="level">worst first</option>
          <option value="file">by file</option>
          <option value="rule">by rule</option>
        </select>
      </label>
    </form>
  );
}
