// Run by scripts/check-report. Prints one line per check, and ends with 1 if any page fails.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const modules = createRequire(join(resolve(process.env.MODULES), 'package.json'));
const puppeteer = modules('puppeteer-core');
const axe = readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');

const WIDTHS = [360, 1280, 3840];
const SCHEMES = ['light', 'dark'];
const FAILING = ['serious', 'critical'];
/** Names of XML are no addresses that anything is fetched from. */
const NAMESPACE = /xmlns(:\w+)?="[^"]*"/g;
/** A picture of a longer page would be larger than Chromium draws. */
const TALLEST = 12000;

const files = process.argv.slice(2);
let pictures = null;
if (files[0] === '--pictures') {
  files.shift();
  pictures = files.shift();
  mkdirSync(pictures, { recursive: true });
}

let failures = 0;
function tell(passed, file, text) {
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${file}: ${text}`);
  failures += passed ? 0 : 1;
}

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM,
  // Chromium refuses to run its sandbox as root, the user of most containers.
  args: ['--hide-scrollbars', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
});
try {
  for (const file of files) {
    const addresses = readFileSync(file, 'utf8').replace(NAMESPACE, '').match(/\b(https?|ftp|wss?):\/\/[^\s"'<]*/g) ?? [];
    tell(addresses.length === 0, file, `${addresses.length} external addresses ${addresses.slice(0, 3).join(' ')}`);
    for (const width of WIDTHS) {
      for (const scheme of SCHEMES) {
        await check(file, width, scheme);
      }
    }
    if (pictures) {
      await print(file);
    }
  }
} finally {
  await browser.close();
}
process.exitCode = failures === 0 ? 0 : 1;

async function check(file, width, scheme) {
  const page = await browser.newPage();
  const asked = [];
  page.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) {
      asked.push(request.url());
    }
  });
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(pathToFileURL(resolve(file)).href);
  const name = `${width} px, ${scheme}`;
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  tell(wide <= width, file, `${name}: ${wide} px wide`);
  for (const open of [false, true]) {
    await page.$$eval('details', (all, value) => all.forEach((details) => { details.open = value; }), open);
    await page.evaluate(axe);
    const { violations, passes } = await page.evaluate(() => axe.run());
    const serious = violations.filter((violation) => FAILING.includes(violation.impact));
    const found = violations.map((violation) =>
      `${violation.impact} ${violation.id} (${violation.nodes.length}: ${violation.nodes[0].target.join(' ')})`);
    tell(serious.length === 0, file,
      `${name}, ${open ? 'all opened' : 'as it opens'}: axe ${passes.length} passed, ${violations.length} violated ${found.join('; ')}`);
  }
  tell(asked.length === 0, file, `${name}: ${asked.length} requests to a network ${asked.join(' ')}`);
  if (pictures) {
    await page.goto(pathToFileURL(resolve(file)).href);
    const height = Math.min(TALLEST, await page.evaluate(() => document.documentElement.scrollHeight));
    await page.setViewport({ width, height });
    await page.screenshot({ path: picture(file, `${width}-${scheme}.png`) });
  }
  await page.close();
}

async function print(file) {
  const page = await browser.newPage();
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  await page.goto(pathToFileURL(resolve(file)).href);
  await page.pdf({ path: picture(file, 'print.pdf'), format: 'A4', printBackground: true, preferCSSPageSize: true });
  await page.close();
}

function picture(file, kind) {
  return join(pictures, `${basename(dirname(resolve(file)))}-${basename(file, '.html')}-${kind}`);
}
