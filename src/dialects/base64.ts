/** Long argument lists overflow the stack, so bytes are turned into characters in stretches. */
const stretchBytes = 0x8000;

/** Standard base64 with padding. Uses only what every JavaScript platform has. */
export function toBase64(bytes: Uint8Array): string {
  if (bytes.length <= stretchBytes) {
    return btoa(String.fromCharCode(...bytes));
  }
  let characters = '';
  for (let at = 0; at < bytes.length; at += stretchBytes) {
    characters += String.fromCharCode(...bytes.subarray(at, at + stretchBytes));
  }
  return btoa(characters);
}
