// Records what is drawn, as SVG: what the graph needs of a canvas' context, and no more.

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const round = (value) => Math.round(value * 100) / 100;

export class SvgContext {
  constructor(width, height, ground) {
    this.width = width;
    this.height = height;
    this.parts = [`<rect width="100%" height="100%" fill="${ground}"/>`];
    this.dash = [];
    this.globalAlpha = 1;
    this.lineWidth = 1;
    this.beginPath();
  }

  beginPath() {
    this.path = '';
  }

  moveTo(x, y) {
    this.path += `M${round(x)} ${round(y)}`;
  }

  lineTo(x, y) {
    this.path += `${this.path === '' ? 'M' : 'L'}${round(x)} ${round(y)}`;
  }

  closePath() {
    this.path += 'Z';
  }

  rect(x, y, width, height) {
    this.path += `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}Z`;
  }

  /** Clockwise, as all that is drawn here. */
  arc(x, y, r, from, to) {
    const at = (angle) => `${round(x + r * Math.cos(angle))} ${round(y + r * Math.sin(angle))}`;
    // A whole circle ends where it begins, so it takes two arcs.
    const middle = (from + to) / 2;
    const isSector = this.path !== '' && !this.path.endsWith('Z');
    this.path += `${isSector ? 'L' : 'M'}${at(from)}A${round(r)} ${round(r)} 0 0 1 ${at(middle)}A${round(r)} ${round(r)} 0 0 1 ${at(to)}`;
  }

  setLineDash(dash) {
    this.dash = dash;
  }

  fill() {
    this.parts.push(`<path d="${this.path}" fill="${this.fillStyle}"${this.alpha()}/>`);
  }

  stroke() {
    const dash = this.dash.length === 0 ? '' : ` stroke-dasharray="${this.dash.join(' ')}"`;
    this.parts.push(`<path d="${this.path}" fill="none" stroke="${this.strokeStyle}" stroke-width="${this.lineWidth}"${dash}${this.alpha()}/>`);
  }

  fillRect(x, y, width, height) {
    this.parts.push(`<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${this.fillStyle}"${this.alpha()}/>`);
  }

  fillText(text, x, y) {
    this.text(text, x, y, `fill="${this.fillStyle}"`);
  }

  strokeText(text, x, y) {
    this.text(text, x, y, `fill="none" stroke="${this.strokeStyle}" stroke-width="${this.lineWidth}" stroke-linejoin="round"`);
  }

  text(text, x, y, paint) {
    const [, weight, size] = /(bold )?(\d+)px/.exec(this.font);
    const base = this.textBaseline === 'top' ? ' dominant-baseline="hanging"' : this.textBaseline === 'middle' ? ' dominant-baseline="central"' : '';
    this.parts.push(
      `<text x="${round(x)}" y="${round(y)}" font-family="system-ui, sans-serif" font-size="${size}"${weight ? ' font-weight="bold"' : ''} text-anchor="middle"${base} ${paint}${this.alpha()}>${escape(text)}</text>`,
    );
  }

  alpha() {
    return this.globalAlpha === 1 ? '' : ` opacity="${this.globalAlpha}"`;
  }

  toString() {
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${round(this.width)}" height="${round(this.height)}" viewBox="0 0 ${round(this.width)} ${round(this.height)}">\n${this.parts.join('\n')}\n</svg>\n`;
  }
}
