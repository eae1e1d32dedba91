// Generates protocol/pichat.d.ts from the schemas.

import { writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { compile } from "json-schema-to-typescript";
import { folder, path } from "./contract.mjs";

const BANNER = "/* Made of the schemas beside this file by ./run.sh update-protocol; changes belong in the code. */";

const HELPERS = `
/** The name of a command. */
export type CommandType = Command["type"];

/** The reply to a successful command; a failed one gets an ErrorFrame. */
export type ReplyTo<C extends Command> = Replies[C["type"]];

/** The frames of one type. */
export type FrameOf<T extends ServerFrame["type"]> = Extract<ServerFrame, { type: T }>;
`;

const pascal = (name) => name.toLowerCase().replace(/(^|_)([a-z])/g, (_, __, letter) => letter.toUpperCase());
const refer = (name) => ({ $ref: `#/definitions/${name}` });

/** The schema in the form that keeps names: definitions in one place, references only, choices as enums. */
function plain(schema) {
  if (Array.isArray(schema)) return schema.map(plain);
  if (schema === null || typeof schema !== "object") return schema;
  const fields = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, plain(value)]));
  if (typeof fields.$ref === "string") {
    const { $ref, ...rest } = fields;
    return { ...rest, allOf: [{ $ref: $ref.replace("#/$defs/", "#/definitions/") }] };
  }
  if (!Array.isArray(fields.oneOf) || !fields.oneOf.every((one) => typeof one.const === "string")) return fields;
  const { oneOf, description, ...rest } = fields;
  const words = oneOf.map((one) => [one.const, one.description].filter(Boolean).join(": "));
  return { ...rest, description: [description, "", ...words].join("\n"), enum: oneOf.map((one) => one.const) };
}

/** The text without the tool's comments about the origin of types. */
const quiet = (text) => text.replaceAll(/\n \*(?=\n \* This interface was referenced)/g, "").replaceAll(/ \* This interface was referenced by [^]*?"\.\n(?= \*\/)/g, "").replaceAll(/\/\*\*\n \*\/\n/g, "");

/** The text of protocol/pichat.d.ts. */
export async function types() {
  const commands = await folder("commands");
  const events = await folder("events");
  const definitions = {};
  const add = (name, schema) => {
    const { $schema, $defs = {}, title, examples, ...rest } = schema;
    for (const [own, definition] of Object.entries($defs)) definitions[own] = definition;
    definitions[name] = rest;
    return refer(name);
  };
  const union = (schemas, suffix, description) => ({
    description,
    oneOf: [...schemas].map(([type, schema]) => add(pascal(type) + suffix, schema)),
  });
  const sent = union(commands, "Command", "Everything that a client can send.");
  const received = union(events, "Frame", "Everything that the server sends.");
  const replies = [...commands].map(([type, schema]) => [type, refer(`${pascal(schema["x-reply"])}Frame`)]);
  const schema = {
    title: "Replies",
    description: "What each command is answered with.",
    type: "object",
    properties: Object.fromEntries(replies),
    required: [...commands.keys()],
    definitions: { ...definitions, Command: sent, ServerFrame: received },
  };
  const text = await compile(plain(schema), "Replies", {
    additionalProperties: false,
    bannerComment: BANNER,
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: true,
    style: { printWidth: 120 },
  });
  return quiet(text) + HELPERS;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await writeFile(path("pichat.d.ts"), await types());
}
