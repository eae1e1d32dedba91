import { dialog } from "../dialog.ts";
import { field, h } from "../dom.ts";
import { t } from "../i18n.ts";
import type { AttachedFile } from "./tray.ts";

/** Asks for the address of a file that is to be attached. */
export function attachLink(attach: (attachment: AttachedFile) => void): void {
  const address = field(t.fileAddress, { type: "url", required: true, placeholder: "https://…", pattern: "https?://.+", dir: "ltr" });
  const name = field(t.nameOptional, { maxlength: 80 });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const url = address.input.value;
    const last = new URL(url).pathname.split("/").pop();
    made.close();
    attach({ url, name: name.input.value.trim() || last || url, size: 0, mimeType: "application/octet-stream" });
  };
  const made = dialog(t.attachLink, h("form", { onsubmit: submit }, address.element, name.element, h("button.primary", { type: "submit" }, t.attach)));
  address.input.focus();
}
