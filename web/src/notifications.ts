import type { Incoming } from "pichat-client";
import { chatTitle, type Context } from "./context.ts";
import { t } from "./i18n.ts";
import { messageSnippet } from "./markdown/plain.ts";
import { notifications, notifyLevel } from "./storage.ts";
import { isolate } from "./text.ts";

const BEEP_HZ = 660;
const BEEP_SECONDS = 0.18;
const BEEP_VOLUME = 0.08;

export const canNotify = (): boolean => "Notification" in window;

/** Asks the browser whether notifications may be shown. */
export async function askForNotifications(): Promise<boolean> {
  return canNotify() && (await Notification.requestPermission()) === "granted";
}

/** Notifies of messages that arrive while the page is out of sight, as far as their chat is set to do so. */
export class Notifier {
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
    context.client.on("message", (incoming) => this.#arrived(incoming));
  }

  #arrived({ chat, message, missed }: Incoming): void {
    const me = this.#context.client.me.id;
    const level = notifyLevel.get(chat.id) ?? (chat.object.muted ? "mentions" : "all");
    const isWanted = level === "all" || (level === "mentions" && message.mentions.includes(me));
    if (missed || message.sender.id === me || !isWanted || document.visibilityState === "visible") return;
    if (notifications.sound()) beep();
    if (!notifications.enabled() || !canNotify() || Notification.permission !== "granted") return;
    const direct = chat.object.kind === "direct";
    const title = direct ? message.sender.displayName : t.notificationTitle(isolate(message.sender.displayName), isolate(chatTitle(chat)));
    // One notification per chat: the newest replaces the one before.
    const shown = new Notification(title, { body: messageSnippet(message, 160) || t.attachment, tag: chat.id, icon: "/assets/icon.svg" });
    shown.onclick = () => {
      window.focus();
      this.#context.showMessage(message);
      shown.close();
    };
  }
}

function beep(): void {
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = BEEP_HZ;
  volume.gain.setValueAtTime(BEEP_VOLUME, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + BEEP_SECONDS);
  tone.connect(volume).connect(audio.destination);
  tone.onended = () => void audio.close();
  tone.start();
  tone.stop(audio.currentTime + BEEP_SECONDS);
}
