import type { ShellPage } from "./shell/handover.ts";

type Field = HTMLInputElement | HTMLTextAreaElement;

/** Puts a field in the place of another, with its text, its selection and the keyboard. */
export function replaceField(old: Field, made: Field, replace: () => void): void {
  const isFocused = document.activeElement === old;
  const { value, selectionStart, selectionEnd } = old;
  replace();
  made.value = value;
  if (!isFocused) return;
  made.focus({ preventScroll: true });
  made.setSelectionRange(selectionStart, selectionEnd);
}

/** Does something once no character is being composed: to replace the field then would lose it. */
export function whenSettled({ layout, isComposing }: ShellPage, work: () => void): void {
  if (isComposing) layout.addEventListener("compositionend", work, { once: true });
  else work();
}
