/** A canvas whose pixels are the screen's. Drawn on in CSS pixels; its place is up to the page. */
export class Surface {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  width = 0;
  height = 0;
  ratio = 1;

  constructor(className: string) {
    this.canvas = document.createElement('canvas');
    this.canvas.className = className;
    this.canvas.setAttribute('aria-hidden', 'true');
    // Opaque: text gets its usual sharpness, and nothing lies below.
    this.context = this.canvas.getContext('2d', { alpha: false })!;
  }

  /** Makes it this big, CSS pixels, at the ratio of device pixels. Returns whether that cleared it. */
  resize(width: number, height: number, ratio: number): boolean {
    const deviceWidth = Math.max(1, Math.round(width * ratio));
    const deviceHeight = Math.max(1, Math.round(height * ratio));
    const { canvas } = this;
    const isNew = canvas.width !== deviceWidth || canvas.height !== deviceHeight;
    if (canvas.width !== deviceWidth) canvas.width = deviceWidth;
    if (canvas.height !== deviceHeight) canvas.height = deviceHeight;
    canvas.style.width = `${deviceWidth / ratio}px`;
    canvas.style.height = `${deviceHeight / ratio}px`;
    this.width = deviceWidth / ratio;
    this.height = deviceHeight / ratio;
    this.ratio = ratio;
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    return isNew;
  }
}
