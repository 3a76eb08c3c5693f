// How pages look, and whether everybody can use them.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { looks, pages } from "./pages.mjs";
import { browser, signIn, start, watched } from "./service.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const golden = process.env.TRACKER_GOLDEN;
const seen = process.env.TRACKER_SEEN;
const update = process.env.TRACKER_UPDATE === "yes";
// Pictures that the documentation shows.
const shown = { "overview-desktop": "board-overview.png", "indicator-desktop": "board-indicator.png", "review-desktop": "board-review.png", "register-phone": "board-register-phone.png" };
// How many of a thousand pixels may differ: letters are drawn a little otherwise from one
// version of the browser to the next.
const tolerance = 10;

let service, opened;
const keys = {};
before(async () => {
  service = await start();
  opened = await browser();
  keys.reporter = service.key("工信系统", "reporter", "市工信局");
  keys.supervisor = service.key("督查室", "supervisor");
  keys.admin = service.key("管理员", "admin");
  service.plan("yongning-2024", join(process.env.TRACKER_SOURCE, "testdata/plans/table_places.txt"));

  mkdirSync(golden, { recursive: true });
});
after(async () => {
  await opened?.close();
  await service?.stop();
});

for (const look of looks) {
  describe(look.name, () => {
    const readers = {}; // by key; each signs in once
    after(async () => {
      for (const { context } of Object.values(readers)) await context.close();
    });
    for (const one of pages) {
      test(one.name, async () => {
        const who = one.key ?? "nobody";
        if (!readers[who]) {
          readers[who] = await watched(opened, service.base, look.options);
          if (one.key) await signIn(readers[who].page, service.base, keys[one.key]);
        }
        const { page, wrong } = readers[who];
        wrong.length = 0;
        if (look.media) await page.emulateMedia({ media: null }); // a form that is printed has no button
        let answer = await page.goto(`${service.base}/board/${one.path}`);
        if (one.link) answer = await page.goto(service.base + (await page.getAttribute(`main a[href^="${one.link}"]`, "href")));
        if (one.sends) await send(page, one.sends);
        assert.equal(answer.status(), one.status ?? 200);
        if (look.media) await page.emulateMedia({ media: look.media });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wide <= 0, `the page is ${wide} pixels wider than the screen`);
        if (!look.media) await accessible(page);
        await page.evaluate(() => document.querySelector("footer")?.remove()); // names the version
        hold(`${one.name}-${look.name}`, await page.screenshot({ animations: "disabled", caret: "hide" }), one.picture !== false);
        assert.deepEqual(wrong, []);
      });
    }
  });
}

// send sends a file of rows by the form of the page, and waits for the receipts.
async function send(page, rows) {
  await page.check("input[value=send]");
  await page.setInputFiles("input[type=file]", { name: "rows.csv", mimeType: "text/csv", buffer: Buffer.from(rows) });
  await page.click("main button");
  await page.waitForURL(/\/batches\//);
}

async function accessible(page) {
  const found = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ["violations"] })`);
  const violations = found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(" | ")}`);
  assert.deepEqual(violations, []);
}

// hold compares a picture with the one that is kept.
function hold(name, picture, compared) {
  writeFileSync(join(seen, `${name}.png`), picture);
  const file = join(golden, `${name}.png`);
  if (!compared) return;
  if (update) {
    writeFileSync(file, picture);
    if (shown[name]) writeFileSync(join(process.env.TRACKER_SOURCE, "docs/images", shown[name]), picture);
    return;
  }
  assert.ok(existsSync(file), `${file} is not there: check.sh PROGRAM --update takes it`);
  const kept = PNG.sync.read(readFileSync(file));
  const taken = PNG.sync.read(picture);
  assert.deepEqual([taken.width, taken.height], [kept.width, kept.height], "the size of the picture");
  const differ = pixelmatch(kept.data, taken.data, null, kept.width, kept.height, { threshold: 0.2 });
  assert.ok(differ * 1000 <= tolerance * kept.width * kept.height, `${name}: ${differ} pixels differ`);
}
