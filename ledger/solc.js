// Answers as the solc executable would, with the compiler that npm's `solc` package ships as WebAssembly.
// An answer is kept under the digest of its question and of every file that was imported, so asking again is quick.
"use strict";
const crypto = require("crypto");
const fs = require("fs");
const path = require("path");

const args = process.argv.slice(2);
const optionOf = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const bases = [optionOf("--base-path") || process.cwd(), ...args.filter((_, i) => args[i - 1] === "--include-path")];
const kept = path.join(__dirname, "..", "build", "solc", "answers");
const KEPT_MAX = 64;
const digest = (text) => crypto.createHash("sha256").update(text).digest("hex");
const load = () => require("solc");

function read(name) {
  const file = bases.map((base) => path.resolve(base, name)).find((candidate) => fs.existsSync(candidate));
  return file && fs.readFileSync(file, "utf8");
}

function compile(question) {
  const imports = {};
  const answer = load().compile(question, {
    import: (name) => {
      const contents = read(name);
      imports[name] = contents === undefined ? null : digest(contents);
      return contents === undefined ? { error: `File not found: ${name}, below ${bases.join(" or ")}` } : { contents };
    },
  });
  return { imports, answer };
}

function keptAnswer(file) {
  try {
    const { imports, answer } = JSON.parse(fs.readFileSync(file, "utf8"));
    const unchanged = Object.entries(imports).every(([name, was]) => was !== null && digest(read(name) || "") === was);
    return unchanged ? answer : undefined;
  } catch {
    return undefined; // none yet, or not whole: compile
  }
}

function keep(file, compiled) {
  fs.mkdirSync(kept, { recursive: true });
  fs.writeFileSync(`${file}.${process.pid}`, JSON.stringify(compiled));
  fs.renameSync(`${file}.${process.pid}`, file);
  const names = fs.readdirSync(kept).map((name) => path.join(kept, name));
  const age = (name) => fs.statSync(name, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const oldest = names.length > KEPT_MAX ? names.sort((a, b) => age(a) - age(b)).slice(0, names.length - KEPT_MAX) : [];
  oldest.forEach((name) => fs.rmSync(name, { force: true }));
}

function answerTo(question) {
  const file = path.join(kept, digest(question + digest(fs.readFileSync(require.resolve("solc/package.json")))));
  const known = keptAnswer(file);
  if (known !== undefined) return known;
  const compiled = compile(question);
  keep(file, compiled);
  return compiled.answer;
}

if (args.includes("--version")) {
  process.stdout.write(`solc, the solidity compiler commandline interface\nVersion: ${load().version()}\n`);
} else if (args.includes("--standard-json")) {
  const next = args[args.indexOf("--standard-json") + 1];
  process.stdout.write(answerTo(fs.readFileSync(next && fs.existsSync(next) && next !== "-" ? next : 0, "utf8")));
} else {
  process.stderr.write("solc.js answers --version and --standard-json only\n");
  process.exitCode = 2;
}
