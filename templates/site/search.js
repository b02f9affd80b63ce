// Search without a server: the index of a language is loaded when somebody types, as scripts, so that it works from a
// disk as well. Nothing typed leaves the page.
(() => {
  'use strict';
  const form = document.getElementById('search');
  const field = document.getElementById('words');
  const language = document.getElementById('search-language');
  const list = document.getElementById('search-results');
  const status = document.getElementById('search-count');
  const MOST = 50;
  const indexes = {};
  let asked = 0;

  // As paraph folds the words of a text: no case, no accents, no vowel signs.
  const fold = (text) => (text.normalize('NFKD').replace(/[\p{M}\u0640]/gu, '').toLowerCase().match(/[\p{L}\p{N}]+/gu) || []);

  const load = (path) => new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = form.dataset.root + path;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });

  globalThis.paraph = {
    years(code, years) { indexes[code] = { years, shards: {} }; },
    shard(code, year, data) { indexes[code].shards[year] = data; },
  };

  async function index(code) {
    if (!indexes[code]) await load(`search/${code}/years.js`);
    const found = indexes[code];
    await Promise.all(found.years.filter((year) => !found.shards[year]).map((year) => load(`search/${code}/${year}.js`)));
    return found;
  }

  // Documents of a shard in which every word asked for begins some word; more of them, and in the title, is better.
  function matches(shard, words) {
    let best = null;
    for (const word of words) {
      const scores = new Map();
      for (const known of Object.keys(shard.words)) {
        if (!known.startsWith(word)) continue;
        let at = 0;
        for (const step of shard.words[known].split(' ')) {
          at += parseInt(step, 36);
          scores.set(at, (scores.get(at) || 0) + (known === word ? 3 : 1));
        }
      }
      shard.docs.forEach(([, title, , reference], n) => {
        if (fold(`${title} ${reference}`).some((one) => one.startsWith(word))) scores.set(n, (scores.get(n) || 0) + 10);
      });
      best = best === null ? scores : new Map([...best].filter(([n]) => scores.has(n)).map(([n, score]) => [n, score + scores.get(n)]));
    }
    return best || new Map();
  }

  function entry([href, title, date, reference], code, direction) {
    const item = document.createElement('li');
    item.className = 'entry';
    const facts = document.createElement('p');
    facts.className = 'entry-facts';
    const day = document.createElement('bdi');
    day.textContent = new Date(date).toLocaleDateString(form.dataset.locale, { dateStyle: 'long', timeZone: 'UTC' });
    const name = document.createElement('bdi');
    name.textContent = reference;
    facts.append(day, ' · ', name);
    const line = document.createElement('p');
    line.className = 'entry-title';
    const link = document.createElement('a');
    link.href = form.dataset.root + href;
    link.textContent = title;
    link.lang = code;
    link.dir = direction;
    line.append(link);
    item.append(facts, line);
    return item;
  }

  async function search() {
    const turn = ++asked;
    const code = language.value;
    const words = fold(field.value);
    if (!words.length) { list.replaceChildren(); status.textContent = ''; return; }
    const found = await index(code);
    if (turn !== asked) return;
    const hits = [];
    for (const year of found.years) {
      const shard = found.shards[year];
      for (const [n, score] of matches(shard, words)) hits.push([score, shard.docs[n]]);
    }
    hits.sort((a, b) => b[0] - a[0] || (a[1][2] < b[1][2] ? 1 : -1));
    const option = language.selectedOptions && language.selectedOptions[0];
    const direction = option ? option.dataset.dir : document.documentElement.dir;
    list.replaceChildren(...hits.slice(0, MOST).map(([, doc]) => entry(doc, code, direction)));
    status.textContent = hits.length ? form.dataset.found.replace('{n}', hits.length) : form.dataset.none;
  }

  form.hidden = false;
  form.addEventListener('submit', (event) => { event.preventDefault(); search(); });
  field.addEventListener('input', search);
  language.addEventListener('change', search);
})();
