// The first script of the page: it prepares the look, and opens the connection while everything else is loading.

import { applyLanguage, language } from "../i18n.ts";
import { FIRST_PAGE } from "../messages/pages.ts";
import { routeOf } from "../route.ts";
import { contrast, density, lastChat, storedSession, theme } from "../storage.ts";
import type { EarlyConnection, EarlyRequest } from "./handover.ts";

/** The addresses of the languages' strings, by the build. */
declare const LOCALES: Record<string, string>;

const LEAST_LIFETIME_SECONDS = 60;

interface Claims {
  iat?: number;
  exp?: number;
}

function claimsOf(token: string): Claims {
  try {
    return JSON.parse(atob(token.split(".")[1]!.replaceAll("-", "+").replaceAll("_", "/"))) as Claims;
  } catch {
    return {};
  }
}

/** An access token that will certainly be accepted; others are left to the client, which renews them. */
function usableToken(): string | undefined {
  const { accessToken, refreshToken, receivedAt } = storedSession() ?? {};
  if (!accessToken || !refreshToken) return accessToken;
  const { iat, exp } = claimsOf(accessToken);
  if (iat === undefined || exp === undefined || receivedAt === undefined) return undefined;
  const age = (Date.now() - receivedAt) / 1_000;
  return age >= 0 && age + LEAST_LIFETIME_SECONDS < exp - iat ? accessToken : undefined;
}

/** The commands with which the client will begin, so that their answers are here when it is. */
function firstCommands(token: string): EarlyRequest["command"][] {
  const { chatId, messageId } = routeOf(location.hash);
  const opensAtEnd = chatId !== "" && chatId === lastChat.get()?.id && messageId === undefined;
  return [
    { type: "PING" },
    { type: "AUTHENTICATE", token },
    { type: "SYNC", chats: {} },
    ...(opensAtEnd ? [{ type: "GET_CHAT_HISTORY", chatId, limit: FIRST_PAGE }] : []),
  ];
}

function connect(): EarlyConnection {
  const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`, ["pichat.v1"]);
  const token = usableToken();
  const commands = token === undefined ? [] : firstCommands(token);
  const requests = commands.map((command, index) => ({ id: `early-${index}`, command }));
  const early: EarlyConnection = { socket, requests, frames: [], openedAt: performance.now() };
  socket.onmessage = ({ data }) => early.frames.push(String(data));
  socket.onopen = () => requests.forEach(({ id, command }) => socket.send(JSON.stringify({ ...command, requestId: id })));
  return early;
}

function preload(address: string): void {
  const link = document.createElement("link");
  link.rel = "modulepreload";
  link.href = address;
  document.head.append(link);
}

theme.apply();
density.apply();
contrast.apply();
applyLanguage();
preload(LOCALES[language]!);
const session = storedSession();
const hasSession = Boolean(session?.accessToken ?? session?.refreshToken);
window.pichat = { hasSession, early: hasSession ? connect() : undefined };
