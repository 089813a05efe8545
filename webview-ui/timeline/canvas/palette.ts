import { hasForcedColours, themeColour, themeFont } from '../../shared/theme.ts';

/** Red, green, blue and opacity, 0 to 255. */
type Channels = readonly [number, number, number, number];

/** How a lane is told from others where they share a track. */
export interface LaneLook {
  colour: string;
  /** Of its boxes, opaque. */
  fill: string;
  /** Of what needs no text on it. */
  soft: string;
  dash: readonly number[];
}

/** Colours and fonts of the theme, resolved once so that drawing need not ask. */
export interface Palette {
  isHighContrast: boolean;
  background: string;
  foreground: string;
  dim: string;
  line: string;
  faintLine: string;
  header: string;
  focus: string;
  wave: string;
  final: string;
  onFinal: string;
  replace: string;
  replaceFill: string;
  late: string;
  lateFill: string;
  removed: string;
  good: string;
  bad: string;
  badFill: string;
  warning: string;
  connector: string;
  word: string;
  /** By revisions: 0, 1, 2, 3 and more. */
  heat: readonly string[];
  lanes: readonly LaneLook[];
  /** 256 colours from quiet to loud, as four bytes each. */
  spectrogram: Uint8ClampedArray;
  fonts: Record<'ui' | 'bold' | 'small' | 'transcript' | 'transcriptBold', string>;
}

const dashes: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [9, 3, 2, 3]];

/** Reads the colours of the theme that the page wears now. */
export function readPalette(): Palette {
  const resolve = colourResolver();
  const colour = (name: string, fallback = 'foreground') => resolve(themeColour(name, fallback));
  const ground = colour('editor-background');
  const ink = colour('foreground');
  const { classList } = document.body;
  const isHighContrast =
    classList.contains('vscode-high-contrast') ||
    classList.contains('vscode-high-contrast-light') ||
    hasForcedColours();
  const on = (over: Channels, share: number) => css(mix(ground, over, share));
  const blue = colour('charts-blue');
  const yellow = colour('charts-yellow');
  const red = colour('charts-red', 'errorForeground');
  const green = colour('charts-green');
  const purple = colour('charts-purple');
  const edge = colour(isHighContrast ? 'contrastBorder' : 'panel-border');
  const tint = isHighContrast ? 0 : 0.2;
  return {
    isHighContrast,
    background: css(ground),
    foreground: on(ink, 1),
    dim: on(colour('descriptionForeground'), 1),
    line: on(edge, isHighContrast ? 1 : 0.9),
    faintLine: on(ink, isHighContrast ? 0.3 : 0.1),
    header: on(ink, isHighContrast ? 0 : 0.06),
    focus: on(colour('focusBorder'), 1),
    wave: on(blue, isHighContrast ? 1 : 0.75),
    final: on(green, 1),
    onFinal: css(readableOn(green, ground, ink)),
    replace: on(yellow, 1),
    replaceFill: on(yellow, tint),
    late: on(red, 1),
    lateFill: on(red, tint / 2),
    removed: on(red, 1),
    good: on(green, 1),
    bad: on(red, 1),
    badFill: on(red, tint),
    warning: on(yellow, 1),
    connector: on(ink, isHighContrast ? 0.8 : 0.4),
    word: on(ink, isHighContrast ? 0 : 0.08),
    heat: [0, 0.14, 0.24, 0.34].map((share) => on(yellow, isHighContrast ? 0 : share)),
    lanes: [blue, purple, green, yellow].map((lane, i) => ({
      colour: on(lane, 1),
      fill: on(lane, tint),
      soft: on(lane, isHighContrast ? 1 : 0.65),
      dash: dashes[i]!,
    })),
    spectrogram: ramp(ground, blue, yellow),
    fonts: readFonts(),
  };
}

/** The look of the lane at this place; looks repeat after the fourth. */
export function laneLook(palette: Palette, lane: number): LaneLook {
  return palette.lanes[lane % palette.lanes.length]!;
}

function readFonts(): Palette['fonts'] {
  const style = getComputedStyle(document.body);
  const family = style.getPropertyValue('--vscode-editor-font-family').trim() || 'monospace';
  const size = Math.round(parseFloat(style.fontSize) * 0.92);
  return {
    ui: themeFont(0.92),
    bold: `600 ${themeFont(0.92)}`,
    small: themeFont(0.8),
    transcript: `${size}px ${family}`,
    transcriptBold: `bold ${size}px ${family}`,
  };
}

/** Understands whatever CSS does, by drawing it. */
function colourResolver(): (colour: string) => Channels {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  return (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, opacity = 0] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, opacity];
  };
}

/** Lays a share of a colour over another, which is opaque. */
function mix(under: Channels, over: Channels, share: number): Channels {
  const weight = (over[3] / 255) * share;
  const blend = (i: 0 | 1 | 2) => under[i] * (1 - weight) + over[i] * weight;
  return [blend(0), blend(1), blend(2), 255];
}

function css([red, green, blue]: Channels): string {
  return `rgb(${Math.round(red)}, ${Math.round(green)}, ${Math.round(blue)})`;
}

/** Whichever of two colours differs more in brightness from what it lies on. */
function readableOn(under: Channels, one: Channels, other: Channels): Channels {
  const light = ([red, green, blue]: Channels) => 0.3 * red + 0.59 * green + 0.11 * blue;
  const distance = (colour: Channels) => Math.abs(light(colour) - light(under));
  return distance(one) >= distance(other) ? one : other;
}

function ramp(quiet: Channels, middle: Channels, loud: Channels): Uint8ClampedArray {
  const bytes = new Uint8ClampedArray(256 * 4);
  for (let level = 0; level < 256; level += 1) {
    const share = level / 255;
    const colour =
      share < 0.6 ? mix(quiet, middle, share / 0.6) : mix(middle, loud, (share - 0.6) / 0.4);
    bytes.set(colour, level * 4);
  }
  return bytes;
}
