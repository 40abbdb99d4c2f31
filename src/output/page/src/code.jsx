// The source around one stop, with all of the finding's marks in that file.

import { useEffect, useMemo, useRef } from "preact/hooks";
import { highlighted, marked_pieces } from "./highlight.js";

const context = 4;

// Returns the pieces of source to show for `stops`: [{first, lines}], in order and apart from each other.
function excerpts_of(source, stops) {
  const wanted = new Set();
  for (const { place } of stops)
    for (let line = place.line - context; line <= Math.min(place.end_line, place.line + 12) + context; line += 1)
      wanted.add(line);
  return (source ?? [])
    .map(([first, lines]) => ({ first, lines }))
    .flatMap(({ first, lines }) => {
      const runs = [];
      lines.forEach((text, i) => {
        if (!wanted.has(first + i)) return;
        const last = runs.at(-1);
        if (last && last.first + last.lines.length === first + i) last.lines.push(text);
        else runs.push({ first: first + i, lines: [text] });
      });
      return runs;
    });
}

function mark_on({ place, kind }, number, text) {
  const begin = number === place.line ? place.column - 1 : text.search(/\S|$/);
  const end = number === place.end_line ? place.end_column - 1 : text.length;
  return { begin, end: Math.max(end, begin + (text.length > begin ? 1 : 0)), name: kind };
}

function Line({ number, text, pieces, stops, current }) {
  const here = stops.filter(({ place }) => place.line <= number && number <= place.end_line);
  const marks = here.map((stop) => mark_on(stop, number, text));
  const starting = here.filter(({ place }) => place.line === number);
  const is_current = current.place.line === number;
  return (
    <>
      <div class={is_current ? "line current" : "line"} data-current={is_current ? "" : undefined}>
        <span class="number">{number}</span>
        <code>
          {marked_pieces(pieces, marks).map(({ text: piece, kind, names }) => (
            <span class={[kind, ...names.map((name) => `mark-${name}`)].join(" ").trim() || undefined}>{piece}</span>
          ))}
        </code>
      </div>
      {starting.filter((stop) => stop.text).map((stop) => (
        <div class={`line label label-${stop.kind}`}>
          <span class="number" />
          <code>
            <span class="indent" aria-hidden="true">{text.slice(0, stop.place.column - 1)}</span>
            <span class="words">{stop.kind === "step" ? `${stop.number}. ${stop.text}` : stop.text}</span>
          </code>
        </div>
      ))}
    </>
  );
}

export function Code({ source, stops, current }) {
  const box = useRef(null);
  const excerpts = useMemo(
    () => excerpts_of(source, stops).map((excerpt) => ({ ...excerpt, pieces: highlighted(excerpt.lines) })),
    [source, stops],
  );
  useEffect(() => {
    const line = box.current?.querySelector("[data-current]");
    if (!line) return;
    box.current.scrollTop = line.offsetTop - box.current.clientHeight / 2;
  }, [current]);
  if (excerpts.length === 0) return <p class="quiet">The source of {current.place.file} could not be read.</p>;
  return (
    <div class="code" ref={box} tabIndex={0} role="region" aria-label={`Source of ${current.place.file}`}>
      <div class="sheet">
        {excerpts.map(({ first, lines, pieces }, i) => (
          <>
            {i > 0 && <div class="gap" aria-hidden="true">⋯</div>}
            {lines.map((text, j) => (
              <Line key={first + j} number={first + j} text={text} pieces={pieces[j] ?? []} stops={stops}
                current={current} />
            ))}
          </>
        ))}
      </div>
    </div>
  );
}
