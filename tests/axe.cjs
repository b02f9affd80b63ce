// Loads each page given in headless Chromium at several widths and schemes; prints one JSON list of what is wrong:
// axe-core violations, a page wider than its window, a request to anywhere, a refusal by the page's own policy.
const { chromium } = require('playwright-core');
const { pathToFileURL } = require('node:url');

const VIEWS = [
  { width: 320, colorScheme: 'light' },
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 768, colorScheme: 'light', contrast: 'more' },
];
const SITE = process.env.AXE_SITE ? pathToFileURL(process.env.AXE_SITE).href + '/' : null; // what pages may load
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

async function show(page, { width, colorScheme, contrast = null }) {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme, contrast });
}

(async () => {
  const wrong = [];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: QUIET });
  // One page for all: a page of its own for each file is a process of its own, and half of the time.
  const strict = await browser.newPage(); // as a reader has it, under the page's own policy
  const open = await browser.newPage({ bypassCSP: true }); // the policy would keep axe-core out
  await open.addInitScript({ path: require.resolve('axe-core/axe.min.js') });
  let address, path;
  strict.on('request', (request) => {
    const url = request.url();
    if (url !== address && !url.startsWith('data:') && !(SITE && url.startsWith(SITE))) wrong.push(`${path}: asks for ${url}`);
  });
  strict.on('console', (message) => wrong.push(`${path}: ${message.text()}`));
  for (path of process.argv.slice(2)) {
    address = pathToFileURL(path).href;
    await strict.goto(address);
    await open.goto(address);
    for (const view of VIEWS) {
      const seen = `${path} at ${Object.values(view).join(' ')}`;
      await show(strict, view);
      const over = await strict.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (over > 0) wrong.push(`${seen}: ${over} pixels too wide`);
      if (SITE && view.width !== 320 && view.colorScheme !== 'dark') continue; // many pages of few kinds
      await show(open, view);
      const colours = view.colorScheme === 'dark' || view.contrast === 'more'; // nothing else depends on either
      const { violations } = await open.evaluate((colours) => globalThis.axe.run({
        resultTypes: ['violations'],
        iframes: false, // there are none: a request for one would show
        ...(colours && { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }),
      }), colours);
      for (const { id, help, nodes } of violations) wrong.push(`${seen}: ${id}: ${help}: ${nodes[0].html.slice(0, 200)}`);
    }
  }
  await browser.close();
  process.stdout.write(JSON.stringify(wrong));
})().catch((error) => { console.error(error); process.exit(1); });
