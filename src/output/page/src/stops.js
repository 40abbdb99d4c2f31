// A finding's stops: the places that a reader goes through, its own first, then the notes, then the steps of its path.

export function with_stops(finding, index) {
  const placed = [
    { kind: "finding", place: finding.place, title: "the finding", text: finding.label },
    ...finding.notes.map((note) => ({ kind: "note", place: note.place, title: "note", text: note.text })),
    ...finding.path.map((step, i) => ({
      kind: "step",
      place: step.place,
      number: i + 1,
      title: step.function,
      text: step.text,
    })),
  ];
  const folder = finding.place.file.includes("/") ? finding.place.file.replace(/\/[^/]*$/, "") : ".";
  const words = [finding.message, finding.rule, finding.function, finding.help];
  const names = placed.map((stop) => `${stop.place?.file ?? ""} ${stop.title} ${stop.text}`);
  return {
    ...finding,
    id: `finding-${index + 1}`,
    folder,
    stops: placed.filter((stop) => stop.place),
    remarks: placed.filter((stop) => !stop.place).map((stop) => stop.text),
    haystack: [...words, ...names].join("\n").toLowerCase(),
  };
}

export function spelled(place) {
  return `${place.file}:${place.line}:${place.column}`;
}

export function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

// Returns what hides the finding, in a word or two.
export function how_hidden({ hidden_by }) {
  return hidden_by === "baseline" ? "in the baseline" : "suppressed";
}
