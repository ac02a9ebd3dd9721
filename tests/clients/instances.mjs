// What ical.js and node-ical see of a calendar between two days: lines of UID, first day, day after the last, summary.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [client, file, first, last, modules] = process.argv.slice(2);
const require = createRequire(modules + "/");
const text = readFileSync(file, "utf8");
const day = (value) => value.toISOString().slice(0, 10);
const rows = [];

if (client === "ical.js") {
  const { default: ICAL } = await import(require.resolve("ical.js"));
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const component of calendar.getAllSubcomponents("vevent")) {
    const event = new ICAL.Event(component);
    const length = event.endDate.subtractDate(event.startDate);
    const iterator = event.iterator();
    for (let next = iterator.next(); next && next.toString() <= last; next = iterator.next()) {
      const end = next.clone();
      end.addDuration(length);
      if (end.toString() <= first) continue;
      rows.push([event.uid, next.toString(), end.toString(), event.summary]);
    }
  }
} else {
  const ical = require("node-ical");
  const said = (value) => (value && typeof value === "object" && "val" in value ? value.val : value);
  const local = (value) => day(new Date(Date.UTC(value.getFullYear(), value.getMonth(), value.getDate())));
  for (const event of Object.values(ical.sync.parseICS(text))) {
    if (event.type !== "VEVENT") continue;
    const length = event.end - event.start;
    const starts = event.rrule ? event.rrule.between(new Date(first + "T00:00:00"), new Date(last + "T23:59:59"), true) : [event.start];
    for (const start of starts) {
      if (local(start) > last || local(new Date(+start + length)) <= first) continue;
      rows.push([event.uid, local(start), local(new Date(+start + length)), said(event.summary)]);
    }
  }
}
process.stdout.write(rows.map((row) => row.join("\t")).sort().join("\n") + "\n");
