// Builds dist/ from src/. The types of the protocol are the ones the server's contract is published with.

import { execFileSync } from "node:child_process";
import { copyFile, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

await copyFile(here("../../protocol/pichat.d.ts"), here("src/protocol.ts"));
await rm(here("dist"), { recursive: true, force: true });
execFileSync(process.execPath, [here("node_modules/typescript/bin/tsc"), "-p", here("tsconfig.json")], { stdio: "inherit" });
