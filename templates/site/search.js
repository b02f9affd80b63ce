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
  const PASSAGES = 3;
  const MARKS = JSON.parse(form.dataset.marks);
  const shards = {}; // by language: the years, last first, each with its shard once that has come
  const loading = {}; // by path: a script on its way or there, asked for once
  let asked = 0;

  // As paraph folds the words of a text: no case, no accents, no vowel signs; one for Arabic letters written for each other.
  const ALIKE = { '\u0629': '\u0647', '\u0649': '\u064a', '\u0671': '\u0627' };
  const fold = (text) => (text.normalize('NFKD').replace(/[\p{M}\u0640]/gu, '').replace(/[\u0629\u0649\u0671]/g, (one) => ALIKE[one])
    .toLowerCase().match(/[\p{L}\p{N}]+/gu) || []);

  // The index has Arabic words with their article and without it: whoever types it means either.
  const bare = (word) => (word.startsWith('\u0627\u0644') && word.length > 4 ? word.slice(2) : word);

  const load = (path) => {
    loading[path] = loading[path] || new Promise((done, failed) => {
      const script = document.createElement('script');
      script.src = form.dataset.root + path;
      script.onload = done;
      script.onerror = () => { delete loading[path]; script.remove(); failed(new Error(path)); };
      document.head.append(script);
    });
    return loading[path];
  };

  globalThis.paraph = {
    years(code, years) { shards[code] = new Map(years.map((year) => [year, null])); },
    shard(code, year, data) { shards[code].set(year, data); },
  };

  // The shards of a language. Throws where one of its scripts does not come.
  async function index(code) {
    await load(`search/${code}/years.js`);
    await Promise.all([...shards[code].keys()].map((year) => load(`search/${code}/${year}.js`)));
    return [...shards[code].values()];
  }

  // Texts of a shard in which every word asked for begins some word; more of them, and in the title, is better. Of a text
  // on several pages, the passages come with it that have most of the words. Rows with a day are texts; one with a
  // mark (corrected, withdrawn) comes last.
  function matches(shard, words) {
    const text = [];
    shard.rows.forEach((row, n) => text.push(row.length > 3 ? n : text[n - 1]));
    const found = new Map();
    const note = (n, at, score) => {
      const one = found.get(text[n]) || { scores: words.map(() => 0), passages: new Map() };
      found.set(text[n], one);
      one.scores[at] = Math.max(one.scores[at], score);
      if (n === text[n]) return;
      const passage = one.passages.get(n) || words.map(() => 0);
      one.passages.set(n, passage);
      passage[at] = Math.max(passage[at], score);
    };
    words.forEach((word, at) => {
      for (const known of Object.keys(shard.words)) {
        if (!known.startsWith(word)) continue;
        let n = 0;
        for (const step of shard.words[known].split(' ')) note(n += parseInt(step, 36), at, known === word ? 3 : 1);
      }
      shard.rows.forEach(([, title, , reference], n) => {
        if (text[n] === n && fold(`${title} ${reference}`).some((one) => one.startsWith(word) || bare(one).startsWith(word))) note(n, at, 10);
      });
    });
    const sum = (scores) => scores.reduce((all, one) => all + one, 0);
    const worth = (scores) => scores.filter((one) => one).length * 1000 + sum(scores);
    return [...found].filter(([, one]) => one.scores.every((score) => score)).map(([n, one]) => ({
      score: sum(one.scores),
      row: shard.rows[n],
      passages: [...one.passages].sort((a, b) => worth(b[1]) - worth(a[1]) || a[0] - b[0]).slice(0, PASSAGES).map(([at]) => shard.rows[at]),
    }));
  }

  function link(href, words, code, direction) {
    const made = document.createElement('a');
    made.href = form.dataset.root + href;
    made.textContent = words;
    made.lang = code;
    made.dir = direction;
    return made;
  }

  function line(name, ...parts) {
    const made = document.createElement('p');
    made.className = name;
    made.append(...parts);
    return made;
  }

  function isolated(words) {
    const made = document.createElement('bdi');
    made.textContent = words;
    return made;
  }

  function entry({ row: [href, title, date, reference, pages, ...marks], passages }, code, direction) {
    const item = document.createElement('li');
    item.className = 'entry';
    const day = new Date(date).toLocaleDateString(form.dataset.locale, { dateStyle: 'long', timeZone: 'UTC' });
    const best = passages.length ? passages[0][0] : href;
    const facts = line('entry-facts', isolated(day), ' · ', isolated(reference));
    for (const mark of marks) {
      const made = document.createElement('strong');
      made.className = 'mark';
      made.textContent = MARKS[mark];
      facts.append(' ', made);
    }
    item.append(facts, line('entry-title', link(best, title, code, direction)));
    for (const [at, heading, page] of passages) {
      const where = form.dataset.sheet.replace('{n}', page).replace('{all}', pages);
      item.append(line('entry-place', isolated(where), ' · ', link(at, heading || title, code, direction)));
    }
    return item;
  }

  async function search() {
    const turn = ++asked;
    const code = language.value;
    const words = fold(field.value).map(bare);
    if (!words.length) { list.replaceChildren(); status.textContent = field.value.trim() && form.dataset.none; return; }
    let found = null;
    try { found = await index(code); } catch { /* the next key, or Enter, asks for it again */ }
    if (turn !== asked) return;
    if (!found) { list.replaceChildren(); status.textContent = form.dataset.failed; return; }
    const hits = found.flatMap((shard) => matches(shard, words));
    hits.sort((a, b) => a.row.length - b.row.length || b.score - a.score || (a.row[2] < b.row[2] ? 1 : -1));
    const option = language.selectedOptions && language.selectedOptions[0];
    const direction = option ? option.dataset.dir : document.documentElement.dir;
    list.replaceChildren(...hits.slice(0, MOST).map((one) => entry(one, code, direction)));
    status.textContent = hits.length ? form.dataset.found.replace('{n}', hits.length) : form.dataset.none;
  }

  // A text in a language without menus of its own leads here with that language behind the address.
  const wanted = [...(language.options || [])].find((one) => `#${one.value}` === location.hash);
  if (wanted) wanted.selected = true;

  form.hidden = false;
  form.addEventListener('submit', (event) => { event.preventDefault(); search(); });
  field.addEventListener('input', search);
  language.addEventListener('change', search);
})();
