// Prints what of a mutation report matters: each file's score, and each change that no test found.
// node score.mjs REPORT
import { readFileSync } from "node:fs";

const found = new Set(["Killed", "Timeout"]);
const missed = new Set(["Survived", "NoCoverage"]);
let all = 0;
let good = 0;
for (const [path, { source, mutants }] of Object.entries(JSON.parse(readFileSync(process.argv[2], "utf8")).files)) {
  const tried = mutants.filter(({ status }) => found.has(status) || missed.has(status));
  if (tried.length === 0) {
    continue;
  }
  const killed = tried.filter(({ status }) => found.has(status)).length;
  all += tried.length;
  good += killed;
  console.log(`${path.split("/").slice(-2).join("/")}: ${killed} of ${tried.length}`);
  const lines = source.split("\n");
  for (const { status, location, mutatorName, replacement } of tried.filter((one) => missed.has(one.status))) {
    const { line } = location.start;
    console.log(`  ${status} ${line}: ${mutatorName}: ${lines[line - 1].trim().slice(0, 100)} => ${(replacement ?? "").replace(/\s+/g, " ").slice(0, 80)}`);
  }
}
console.log(`${good} of ${all}: ${((100 * good) / all).toFixed(1)} %`);
