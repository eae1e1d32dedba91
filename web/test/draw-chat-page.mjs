// Draws chat-page.png, the picture of the README: npm run picture. Needs a font with emoji.

import { fileURLToPath } from "node:url";
import { anonymously, browser, channel, closeBrowser, enter, fill, open, said, upload } from "./support.mjs";

const PICTURE = fileURLToPath(new URL("../chat-page.png", import.meta.url));
const PEOPLE = {
  anna: { displayName: "Anna Lindqvist", hair: "#7a4a24", skin: "#f2c9a8", shirt: "#4f46e5", back: "#dcd9fb" },
  mia: { displayName: "Mia Tanaka", hair: "#1d1b22", skin: "#f0cda7", shirt: "#0f766e", back: "#c9efe6" },
  benok: { displayName: "Ben Okafor", hair: "#17120f", skin: "#7c4f33", shirt: "#d97706", back: "#fde7c3" },
  tomas: { displayName: "Tomás Herrera", hair: "#3b2416", skin: "#d9a57c", shirt: "#be185d", back: "#fbd5e5" },
};

const face = ({ hair, skin, shirt, back }) => `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 64 64">
  <rect width="64" height="64" fill="${back}"/><path d="M8 68c0-15 10-21 24-21s24 6 24 21z" fill="${shirt}"/><rect x="27" y="38" width="10" height="12" rx="4" fill="${skin}"/>
  <path d="M17 31c-2-16 6-22 15-22s17 6 15 22c-1 6-3 8-4 8H21c-1 0-3-2-4-8z" fill="${hair}"/><ellipse cx="32" cy="31" rx="11" ry="13" fill="${skin}"/>
  <path d="M20 27c3-8 9-9 13-9s9 2 11 9c-7 0-9-3-12-4-3 2-7 4-12 4z" fill="${hair}"/></svg>`;

const CHART = `<svg xmlns="http://www.w3.org/2000/svg" width="760" height="340" font-family="sans-serif">
  <rect width="760" height="340" fill="#fff"/><text x="30" y="40" font-size="20" font-weight="700" fill="#16161d">Sign-ups per day</text><text x="30" y="64" font-size="14" fill="#555">the last four weeks</text>
  ${[0, 1, 2, 3].map((line) => `<path d="M30 ${110 + line * 55}h690" stroke="#e6e6ee"/><text x="726" y="${115 + line * 55}" font-size="12" fill="#888">${400 - line * 100}</text>`).join("")}
  <path d="M30 262C80 240 110 226 160 218s90-44 140-40 70-70 130-84 90 26 140 22 90-46 150-40V310H30z" fill="#4f46e522"/><path d="M30 262C80 240 110 226 160 218s90-44 140-40 70-70 130-84 90 26 140 22 90-46 150-40" fill="none" stroke="#4f46e5" stroke-width="3"/>
  <path d="M30 282C120 262 200 258 300 240s180-34 260-52 100-30 160-40" fill="none" stroke="#0f9f6e" stroke-width="2.5" stroke-dasharray="4 5"/></svg>`;

/** A drawing as a PNG. */
async function png(svg) {
  const [, width, height] = svg.match(/width="(\d+)" height="(\d+)"/).map(Number);
  const page = await (await browser()).newPage({ viewport: { width, height } });
  await page.setContent(`<body style="margin:0">${svg}`);
  const bytes = await page.screenshot();
  await page.close();
  return { bytes, width, height };
}

async function join(server, username, { displayName, ...look }) {
  const { accessToken } = await anonymously(server, { type: "SIGN_UP", username, displayName, password: "correct horse" });
  const { bytes } = await png(face(look));
  const { file, uploadUrl } = await server.command({ type: "CREATE_UPLOAD", purpose: "avatar", name: "me.png", size: bytes.length, mimeType: "image/png" }, accessToken);
  await fetch(uploadUrl, { method: "PUT", body: bytes });
  await server.command({ type: "UPDATE_USER", avatarUrl: file.url }, accessToken);
  return accessToken;
}

/** The chats in the list, from the oldest to the newest. */
async function fillList(server, { anna, mia, benok, tomas }) {
  const create = async (chat, token) => (await server.command({ type: "CREATE_CHAT", ...chat }, token)).chatId;
  await fill(server, mia, await create({ name: "design", kind: "channel", members: ["anna"] }, mia), ["The new icons are in the library"]);
  await fill(server, tomas, await create({ name: "Lunch", kind: "group", members: ["anna", "mia"] }, tomas), ["Tacos at the corner?"]);
  await fill(server, benok, await create({ name: "support", kind: "channel", members: ["anna"] }, benok), ["A question about invoices", "@anna can you have a look?"]);
  for (const [token, text] of [[mia, "Thanks for the review!"], [tomas, "See you on Monday 👋"]]) await fill(server, token, await create({ kind: "direct", members: ["anna"] }, token), [text]);
  return create({ name: "launch", kind: "channel", description: "Release 2.0: plans, numbers, questions", members: ["mia", "benok", "tomas", "assistant"] }, anna);
}

async function converse(server, chatId, { anna, mia, benok, tomas, assistant }) {
  const say = async (token, message) => (await server.command({ type: "SEND_MESSAGE", chatId, message }, token)).message.id;
  const { bytes, width, height } = await png(CHART);
  const chart = await upload(server, mia, chatId, { name: "sign-ups.png", mimeType: "image/png", bytes, width, height });
  const first = await say(mia, { content: "The new landing page works: sign-ups have **more than doubled** since the second week.", attachments: [{ id: chart.id }] });
  for (const [token, emoji] of [[benok, "🎉"], [mia, "🎉"], [anna, "🚀"]]) await server.command({ type: "ADD_REACTION", chatId, messageId: first, emoji }, token);
  const list = await upload(server, benok, chatId, { name: "Launch checklist.pdf", mimeType: "application/pdf", bytes: Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(184_311)]) });
  await say(benok, { content: "Great! Then only the checklist is left.", replyTo: first, attachments: [{ id: list.id }] });
  await say(anna, { content: "@assistant how do I resume after a lost connection?" });
  await say(assistant, { content: "Send the last `seq` of each chat, and apply what comes back:\n\n```js\nsocket.send(JSON.stringify({ type: \"SYNC\", chats: { [chatId]: lastSeq } }));\n```" });
  await say(anna, { content: "Perfect, thank you!" });
  for (const token of [anna, mia, benok, tomas, assistant]) await server.command({ type: "MARK_READ", chatId }, token);
}

const cleaning = [];
const scope = { after: (work) => cleaning.push(work) };

try {
  const { server } = await channel(scope);
  const { secret: assistant } = await server.command({ type: "CREATE_API_TOKEN", name: "assistant", botUsername: "assistant" });
  await server.command({ type: "UPDATE_USER", displayName: "Assistant" }, assistant);
  const tokens = { assistant };
  for (const [username, person] of Object.entries(PEOPLE)) tokens[username] = await join(server, username, person);
  const chatId = await fillList(server, tokens);
  await converse(server, chatId, tokens);
  const page = await open(scope, server, { token: tokens.anna, path: `/#${chatId}`, viewport: { width: 1200, height: 900 }, deviceScaleFactor: 2, locale: "en-US" });
  const mia = await enter(scope, { url: server.url, token: tokens.mia });
  const ben = await enter(scope, { url: server.url, token: tokens.benok });
  await said(page, "Perfect").waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll(".avatar img, .picture img")].every(({ complete, naturalWidth }) => complete && naturalWidth > 0));
  await page.locator(".messages time").first().waitFor();
  await ben.chat(chatId).typing(true);
  await page.locator(".typing", { hasText: "Ben" }).waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: PICTURE });
  mia.close();
} finally {
  for (const work of cleaning.reverse()) await work();
  await closeBrowser();
}
