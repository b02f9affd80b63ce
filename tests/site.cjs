// Uses a site from a disk as a reader does: search in each language, the language switch, the way to a leaflet on a
// telephone, from a search to the paragraph found. Prints one JSON object: what was found, and every request that left the site.
const { chromium } = require('playwright-core');
const { pathToFileURL } = require('node:url');

const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

(async () => {
  const site = pathToFileURL(process.argv[2]).href + '/';
  const searches = JSON.parse(process.argv[3]); // [[language, or page whose menu leads to the search, words], …]
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: QUIET });
  const page = await browser.newPage({ viewport: { width: 360, height: 640 } });
  const left = [];
  page.on('request', (request) => { if (!request.url().startsWith(site)) left.push(request.url()); });
  page.on('console', (message) => left.push(message.text()));
  page.on('pageerror', (error) => left.push(error.message));
  // Whoever types is faster than the network: the index is on its way while the next keys come.
  await page.route('**/search/**/*.js', (route) => setTimeout(() => route.continue(), 100));
  const ask = async (words) => { await page.locator('#words').pressSequentially(words); await page.keyboard.press('Enter'); };
  const answered = () => page.waitForFunction(() => document.getElementById('search-count').textContent !== '', null, { timeout: 20000 });
  const found = [];
  for (const [language, words] of searches) {
    const from = language.endsWith('.html');
    await page.goto(site + (from ? language : `${language}/search.html`));
    if (from) await page.locator('.site-menu a[href*="search.html"]').click();
    await ask(words);
    await answered();
    const links = await page.locator('#search-results a').evaluateAll((all) => all.map((one) => one.href));
    found.push(links.map((one) => one.replace(site, '')));
  }
  const landed = [];
  for (const [language, words] of searches.filter((one) => one[2])) {
    await page.goto(`${site}${language}/search.html`);
    await ask(words);
    await page.locator('#search-results .entry-title a').first().click();
    await page.waitForLoadState();
    const aim = page.locator(':target');
    const seen = await aim.evaluate((one) => { const { top, bottom } = one.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; });
    landed.push([page.url().replace(site, ''), await aim.innerText(), seen]);
  }
  await page.goto(`${site}index.html`);
  await page.locator('main a[hreflang="fr"]').click();
  await page.locator('.site-menu a', { hasText: 'Dépliants' }).click();
  await page.locator('main .entry-title a').first().click();
  const leaflet = page.url().replace(site, '');
  await page.locator('.site-languages a[hreflang="en"]').click();
  const switched = [page.url().replace(site, ''), await page.locator('html').getAttribute('lang')];
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => document.activeElement.className);
  const kept = [...left]; // a script that does not come is a message of the browser's
  const [language, words] = searches.find(([one]) => !one.endsWith('.html'));
  await page.goto(`${site}${language}/search.html`);
  await page.route('**/search/**/*.js', (route) => route.abort(), { times: 1 });
  await page.locator('#words').fill(words);
  await answered();
  const failed = await page.locator('#search-count').innerText();
  await page.keyboard.press('Enter');
  await page.locator('#search-results a').first().waitFor();
  await browser.close();
  process.stdout.write(JSON.stringify({ found, landed, leaflet, switched, first, failed, left: kept }));
})().catch((error) => { console.error(error); process.exit(1); });
