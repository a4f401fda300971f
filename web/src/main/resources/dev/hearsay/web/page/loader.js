// What is in the single file: makes modules of its texts. They come in such an order that each finds those it needs.

// Before anything has changed it, so that it can be saved.
globalThis.wholeFile = `<!doctype html>\n${document.documentElement.outerHTML}`;

const opens = document.querySelector('meta[name=opens]').content;
if (location.hash === '' && opens !== '') history.replaceState(null, '', opens);

const modules = new Map();
// A worker of a file may be a module only if its text is in its address.
const addressOf = { module: (name) => modules.get(name).url, worker: (name) => `data:text/javascript,${encodeURIComponent(modules.get(name).source)}` };
let last = '';
for (const { dataset, textContent } of document.querySelectorAll('script[data-module]')) {
  last = dataset.module;
  const source = textContent.replace(/'(module|worker):([^']+)'/g, (all, kind, name) => JSON.stringify(addressOf[kind](name)));
  const url = URL.createObjectURL(new Blob([source, `\n//# sourceURL=${last}`], { type: 'text/javascript' }));
  modules.set(last, { source, url });
}
import(modules.get(last).url).catch((failure) => {
  document.getElementById('unable').hidden = false;
  throw failure;
});
