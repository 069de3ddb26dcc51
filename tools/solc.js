// Answers as the solc executable would, with the compiler that npm's `solc` package ships as WebAssembly.
"use strict";
const fs = require("fs");
const path = require("path");
const solc = require("solc");

const args = process.argv.slice(2);
const optionOf = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const bases = [optionOf("--base-path") || process.cwd(), ...args.filter((_, i) => args[i - 1] === "--include-path")];

function readImport(name) {
  for (const file of bases.map((base) => path.resolve(base, name))) {
    if (fs.existsSync(file)) return { contents: fs.readFileSync(file, "utf8") };
  }
  return { error: `File not found: ${name}, below ${bases.join(" or ")}` };
}

if (args.includes("--version")) {
  process.stdout.write(`solc, the solidity compiler commandline interface\nVersion: ${solc.version()}\n`);
} else if (args.includes("--standard-json")) {
  const next = args[args.indexOf("--standard-json") + 1];
  const source = next && next !== "-" && !next.startsWith("-") ? next : 0;
  process.stdout.write(solc.compile(fs.readFileSync(source, "utf8"), { import: readImport }));
} else {
  process.stderr.write("solc.js answers --version and --standard-json only\n");
  process.exitCode = 2;
}
