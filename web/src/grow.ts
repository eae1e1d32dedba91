const MOST_HEIGHT_PX = 220;

/** Makes a field as high as its text, up to a limit; a hidden one cannot be measured. */
export function growField(input: HTMLTextAreaElement): void {
  input.style.height = "";
  if (input.clientWidth > 0 && input.value) input.style.height = `${Math.min(input.scrollHeight, MOST_HEIGHT_PX)}px`;
}
