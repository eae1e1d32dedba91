// Checks the checked-in contract: AsyncAPI by its own parser, examples by the schemas, types by a compiler.

import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Parser } from "@asyncapi/parser";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { folder, path, read } from "./contract.mjs";
import { types } from "./types.mjs";

const REMEDY = "run ./run.sh update-protocol and look at what has changed";
const problems = [];
const commands = await folder("commands");
const events = await folder("events");

async function checkAsyncApi() {
  const { document, diagnostics } = await new Parser().parse(await readFile(path("asyncapi.json"), "utf8"));
  const errors = diagnostics.filter(({ severity }) => severity === 0);
  problems.push(...errors.map(({ message, path }) => `asyncapi.json: ${path.join(".")}: ${message}`));
  if (!document) return problems.push("asyncapi.json is no AsyncAPI document");
  // Code generators turn each of these into a type and invent missing names.
  const isType = (schema) => ["anyOf", "oneOf", "enum", "properties"].some((word) => schema.json()[word] !== undefined);
  const nameless = document.allSchemas().filter((schema) => isType(schema) && schema.id().startsWith("<anonymous"));
  problems.push(...nameless.map((schema) => `asyncapi.json: a schema has no name: ${JSON.stringify(schema.json()).slice(0, 120)}`));
}

/** OpenAPI by a validator, and its schemas against recorded replies of a server. */
async function checkOpenApi() {
  const document = await read("openapi.json");
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  if (!valid) return problems.push(`openapi.json: ${JSON.stringify(errors)}`);
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  formats.default(ajv);
  ajv.addSchema({ $id: "openapi", ...document });
  const named = (name) => ajv.getSchema(`openapi#/components/schemas/${name}`);
  const [Command, Reply, Refusal] = [named("Command"), named("Reply"), named("event.ERROR")];
  const { "x-replies": replies } = document.components.schemas.Reply;
  for (const [name, { command, reply }] of await folder("examples")) {
    const needsConnection = commands.get(name)["x-needs-connection"] === true;
    if (needsConnection === Object.hasOwn(replies, name)) problems.push(`openapi.json: ${name} should ${needsConnection ? "not " : ""}be there`);
    if (needsConnection) continue;
    check(`openapi.json: ${name}`, Command, command);
    check(`openapi.json: the reply to ${name}`, Reply, reply);
    if (reply.type !== replies[name]) problems.push(`openapi.json: ${name} is answered by ${reply.type}`);
  }
  check("openapi.json: ERROR", Refusal, (await folder("examples/events")).get("ERROR"));
  for (const wrong of [{ type: "SHOUT" }, { type: "GET_CHATS", limit: 201 }, { type: "SET_TYPING", chatId: "1", typing: true }])
    if (Command(wrong)) problems.push(`openapi.json let pass: ${JSON.stringify(wrong)}`);
}

function validators() {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictRequired: false });
  formats.default(ajv);
  ["x-access", "x-aliases", "x-area", "x-class", "x-repeatable", "x-needs-connection", "x-reply", "x-unasked"].forEach((word) => ajv.addKeyword(word));
  const compiled = (schemas) => new Map([...schemas].map(([name, schema]) => [name, ajv.compile(schema)]));
  return { command: compiled(commands), event: compiled(events) };
}

function check(where, validate, value) {
  if (!validate) problems.push(`${where}: nothing is known of ${value?.type}`);
  else if (!validate(value))
    problems.push(...validate.errors.map(({ instancePath, message }) => `${where}: ${instancePath} ${message}`));
}

async function checkExamples({ command, event }) {
  for (const [name, schema] of commands)
    schema.examples.forEach((example) => check(`commands/${name}: its example`, command.get(name), example));
  for (const [name, example] of await folder("examples")) {
    check(`examples/${name}: command`, command.get(name), example.command);
    check(`examples/${name}: reply`, event.get(commands.get(name)?.["x-reply"]), example.reply);
    if (example.event) check(`examples/${name}: event`, event.get(example.event.type), example.event);
  }
  for (const [name, frame] of await folder("examples/events")) check(`examples/events/${name}`, event.get(name), frame);
}

/** A frame of another type, an extra field and a value out of range must fail, or the checks above prove nothing. */
function checkTheCheck({ command, event }) {
  const wrong = [
    [command.get("PING"), { type: "PONG" }],
    [command.get("PING"), { type: "PING", colour: "red" }],
    [command.get("GET_CHATS"), { type: "GET_CHATS", limit: 201 }],
    [event.get("PONG"), { type: "PONG" }],
  ];
  wrong.filter(([validate, value]) => validate(value)).forEach(([, value]) => problems.push(`let pass: ${JSON.stringify(value)}`));
}

async function checkTypes() {
  if ((await readFile(path("pichat.d.ts"), "utf8")) !== (await types()))
    problems.push(`pichat.d.ts is not what the schemas say; ${REMEDY}`);
  const here = (name) => fileURLToPath(new URL(name, import.meta.url));
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--types", ""];
  try {
    execFileSync(here("node_modules/.bin/tsc"), [...options, here("sample.ts")], { encoding: "utf8" });
  } catch ({ stdout, message }) {
    problems.push(`the types do not fit: ${stdout || message}`);
  }
}

const all = validators();
await checkAsyncApi();
await checkOpenApi();
await checkExamples(all);
checkTheCheck(all);
await checkTypes();
problems.forEach((problem) => console.error(problem));
if (problems.length > 0) process.exit(1);
console.log(`the contract holds: ${commands.size} commands, ${events.size} replies and events`);
