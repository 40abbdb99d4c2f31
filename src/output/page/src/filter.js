// Which findings are shown, and in which order.

export const levels = ["error", "warning", "note"];

export const everything = { text: "", levels: new Set(levels), rule: "", folder: "", order: "level", hidden: false };

const by = {
  level: (a, b) => levels.indexOf(a.level) - levels.indexOf(b.level),
  file: () => 0, // the report's own order
  rule: (a, b) => a.rule.localeCompare(b.rule, "en"),
};

// Every word of the search has to occur.
export function chosen(findings, filter) {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return findings
    .filter(
      (finding) =>
        (filter.hidden || !finding.hidden_by) &&
        filter.levels.has(finding.level) &&
        (filter.rule === "" || finding.rule === filter.rule) &&
        (filter.folder === "" || finding.folder === filter.folder) &&
        words.every((word) => finding.haystack.includes(word)),
    )
    .sort(by[filter.order]);
}

// Returns [[value, {error, warning, note}], …], the most frequent first.
export function counts_by(findings, key) {
  const counts = new Map();
  for (const finding of findings) {
    const value = key(finding);
    if (!counts.has(value)) counts.set(value, { error: 0, warning: 0, note: 0 });
    counts.get(value)[finding.level] += 1;
  }
  const total = (count) => count.error + count.warning + count.note;
  return [...counts].sort((a, b) => total(b[1]) - total(a[1]) || (a[0] < b[0] ? -1 : 1));
}
