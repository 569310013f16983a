/** Making elements of the page: texts are texts, whatever they hold. */

const svgSpace = 'http://www.w3.org/2000/svg';

/** An element of HTML with attributes and contents; an attribute that is false or undefined is left out. */
export function html(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** The same of SVG. */
export function svg(name, attributes = {}, ...children) {
  return filled(document.createElementNS(svgSpace, name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== undefined) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined));
  return element;
}

/** The element of an id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Text in which back quotes mark code. */
export function prose(text) {
  return text.split(/`([^`]*)`/).map((part, index) => (index % 2 === 1 ? html('code', {}, part) : part));
}

/** `1 item`, `2 items`. */
export function counted(count, one, several = `${one}s`) {
  return `${count} ${count === 1 ? one : several}`;
}
