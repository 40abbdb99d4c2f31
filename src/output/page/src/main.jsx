// The report's data stands in the page as JSON; all that is drawn comes from it. Text of the analysed code goes into
// the page only as text: preact escapes it.

import { render } from "preact";
import { App } from "./app.jsx";
import { with_stops } from "./stops.js";

const report = JSON.parse(document.getElementById("report").textContent);
report.findings = report.findings.map((finding, index) => with_stops(finding, index));
render(<App report={report} />, document.getElementById("app"));
