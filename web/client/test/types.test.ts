import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const wrong = `${root}test/wrong/calls.ts`;
const config = ts.parseJsonConfigFileContent(ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config, ts.sys, root);
let program: ts.Program;
let found: readonly ts.Diagnostic[] = [];

// Once for all: it takes seconds.
beforeAll(() => {
  program = ts.createProgram([...config.fileNames, wrong], config.options);
  found = ts.getPreEmitDiagnostics(program);
}, 120_000);

test("Client and tests compile strictly", () => {
  expect(config.options.strict && config.options.noUncheckedIndexedAccess).toBe(true);
  expect(config.fileNames.length).toBeGreaterThan(40);
  const told = found
    .filter((one) => one.file?.fileName !== wrong)
    .map((one) => `${one.file?.fileName ?? ""} ${ts.flattenDiagnosticMessageText(one.messageText, "\n")}`);
  expect(told).toEqual([]);
});

test("A wrong call does not compile, and a right one does", () => {
  const lines = readFileSync(wrong, "utf8").split("\n");
  const failing = found.filter((one) => one.file?.fileName === wrong).map((one) => one.file!.getLineAndCharacterOfPosition(one.start ?? 0).line);
  const marked = lines.flatMap((line, i) => (line.includes("// wrong") ? [i] : []));
  expect(marked.length).toBeGreaterThan(15);
  expect([...new Set(failing)].sort((a, b) => a - b)).toEqual(marked);
});

test("What is public is documented", () => {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(`${root}src/index.ts`)!)!;
  const names = checker.getExportsOfModule(module).filter((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return target.getDocumentationComment(checker).length === 0;
  });
  expect(checker.getExportsOfModule(module).length).toBeGreaterThan(200);
  expect(names.map((symbol) => symbol.name)).toEqual([]);
});
