import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

test("the compiler refuses misspelt fields, unknown commands and wrong values, and allows the rest", () => {
  const options = ["--ignoreConfig", "--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--lib", "es2023,dom", "--types", ""];
  const compiler = here("../node_modules/typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [compiler, ...options, here("types.ts")], { encoding: "utf8" });
  assert.equal(stdout, "");
  assert.equal(status, 0);
});
