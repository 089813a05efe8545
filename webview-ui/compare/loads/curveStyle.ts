import { themeColour } from '../../shared/theme.ts';

export interface CurveStyle {
  colour: string;
  /** In CSS pixels; empty for a solid line. */
  dash: readonly number[];
}

const colours = ['blue', 'purple', 'orange', 'green', 'yellow'] as const;
/** They tell curves apart where colours do not. */
const dashes: readonly (readonly number[])[] = [[], [9, 4], [2, 3], [9, 3, 2, 3]];

/** How a curve is drawn: twenty differ. Red is left to what misses a limit. */
export function curveStyle(at: number): CurveStyle {
  return {
    colour: themeColour(`charts-${colours[at % colours.length]!}`, 'foreground'),
    dash: dashes[at % dashes.length]!,
  };
}

/** The colour of a curve's 95th percentiles; opaque, so that nothing shows through points. */
export function tailColour(colour: string): string {
  const background = themeColour('editor-background', 'editor-background');
  return `color-mix(in srgb, ${colour} 65%, ${background})`;
}
