// What charts are made of.

export const WIDTH = 320;
export const HEIGHT = 120;
const SVG = 'http://www.w3.org/2000/svg';

export function svg(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function label(x, y, text, anchor = 'middle') {
  const made = svg('text', { x, y, 'text-anchor': anchor, class: 'label' });
  made.textContent = text;
  return made;
}

/** What hovering says. */
export function hint(words) {
  const made = svg('title', {});
  made.textContent = words;
  return made;
}

export function bar(x, y, width, height, kind, words) {
  return svg('rect', { x, y, width: Math.max(1, width), height: Math.max(0, height), class: kind }, hint(words));
}

export function frame(words, ...children) {
  return svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': words }, ...children);
}

/** A picture that says why there is none. */
export function empty(place, sentence, words) {
  sentence.textContent = words;
  place.replaceChildren();
}

const PAINTED = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'font-size', 'font-weight', 'font-family'];

/** A picture as a file of its own, with the colours that it has on the page. */
export function standalone(picture, ground) {
  const copy = picture.cloneNode(true);
  const copies = [copy, ...copy.querySelectorAll('*')];
  [picture, ...picture.querySelectorAll('*')].forEach((part, i) => {
    const style = getComputedStyle(part);
    for (const name of PAINTED) copies[i].setAttribute(name, style.getPropertyValue(name));
    copies[i].removeAttribute('class');
  });
  const { width, height } = picture.viewBox.baseVal;
  copy.setAttribute('xmlns', SVG);
  copy.setAttribute('width', width);
  copy.setAttribute('height', height);
  copy.prepend(svg('rect', { width, height, fill: ground }));
  return new XMLSerializer().serializeToString(copy);
}
