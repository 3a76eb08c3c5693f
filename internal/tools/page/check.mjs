// Tries the Swagger page of a running service in Chromium: what it fills in, finds, takes as a key
// and copies, whether it keeps within a narrow screen, and what axe-core says of it in light and in
// dark.
//
//   node check.mjs ADDRESS KEY [FOLDER]      FOLDER is for pictures
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [address, key, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let failures = 0;
const check = (ok, what) => {
  if (!ok) failures++;
  console.log(`${ok ? "ok    " : "FAILED"} ${what}`);
};

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

// open is the page with the operations of two kinds laid open.
async function open(width, colorScheme) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: false });
  const page = await context.newPage();
  const said = [];
  page.on("console", (m) => m.type() === "error" && said.push(m.text()));
  page.on("pageerror", (e) => said.push(String(e)));
  await page.goto(`${address}/swagger/`);
  await page.waitForSelector(".opblock");
  return { context, page, said };
}

const block = (page, id) => page.locator(`[id$="-${id}"].opblock`);

async function unfold(page, id) {
  const b = block(page, id);
  await b.locator(".opblock-summary-control").click();
  await b.locator(".opblock-body").waitFor();
  return b;
}

// broken is what axe says, with the places. It runs in a world of its own, which the page's policy
// does not reach.
async function broken(page) {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await session.send("Runtime.evaluate", { expression, contextId: executionContextId, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return result.value;
  };
  await evaluate(axe + ";0");
  return evaluate(`axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations.map((v) => ({
    id: v.id, nodes: v.nodes.map((n) => n.target.join(" ") + " — " + (n.any[0]?.message ?? n.all[0]?.message ?? n.none[0]?.message ?? "")) })))`);
}

// use does what a reader does: looks for an operation, tries it, shows a key, copies the request.
async function use() {
  const { context, page, said } = await open(1280, "light");
  const filter = page.getByRole("searchbox");
  for (const [words, found] of [["报送 实绩", "recordMeasurement"], ["report a measurement", "recordMeasurement"], ["readplansummary", "readPlanSummary"], ["/agencies/{id}/merge", "mergeAgencies"]]) {
    await filter.fill(words);
    await page.waitForTimeout(400);
    const ids = await page.locator(".opblock").evaluateAll((all) => all.map((o) => o.id.split("-").pop()));
    check(ids.includes(found) && ids.length < 12, `the filter finds ${found} by ${words}: ${ids}`);
  }
  await filter.fill("");
  const tags = await page.locator("h3.opblock-tag").evaluateAll((all) => all.map((o) => o.dataset.tag));
  check(tags[0] === "plans" && tags.at(-1) === "service", `tags stand in reading order: ${tags}`);

  const list = await unfold(page, "listIndicators");
  await list.locator(".try-out__btn").click();
  const filled = await list.locator("tr[data-param-name] :is(input, select)").evaluateAll((all) =>
    all.filter((e) => (e.type === "checkbox" ? e.checked : e.multiple ? e.selectedOptions.length > 0 : e.value !== "")).map((e) => e.closest("tr").dataset.paramName + "=" + e.value),
  );
  check(filled.length === 0, `nothing optional is filled in: ${filled}`);
  check((await list.innerText()).includes("例 · e.g."), "examples of parameters are seen");
  await list.locator('tr[data-param-name="q"] input').fill("充电桩");
  await list.locator(".execute").click();
  await list.locator(".live-responses-table .response").waitFor();
  const answer = await list.locator(".live-responses-table").innerText();
  check(answer.includes("qingzhou-2023-14-1"), "a search for q alone finds what there is");

  await page.locator(".btn.authorize").click();
  await page.locator(".modal-ux input").fill(` Bearer ${key} `);
  await page.locator(".modal-ux .btn.authorize").click();
  await page.locator(".modal-ux .btn-done").click();
  const one = await unfold(page, "recordMeasurement");
  await one.locator(".try-out__btn").click();
  await one.locator('tr[data-param-name="dry_run"] select').selectOption("true");
  await one.locator(".execute").click();
  await one.locator(".live-responses-table .response").waitFor();
  const first = await one.locator(".live-responses-table").innerText();
  check(/"outcome": "(stored|revised|unchanged)"/.test(first), `the example of a report is taken: ${/"outcome".*/.exec(first)?.[0] ?? first.slice(0, 600)}`);
  await one.locator(".btn-clear").click();
  await one.locator("textarea").first().fill('{"indicator":"qingzhou-2023-14-1","period":"2023-09","value":"168","unit":"个","note":"他说“好”🙂"}');
  await one.locator(".execute").click();
  await one.locator(".live-responses-table .response").waitFor();
  const status = await one.locator(".live-responses-table .response .response-col_status").first().innerText();
  check(/^20[01]/.test(status), `a pasted "Bearer trk_…" is the key: ${status}`);
  await copies(one, "recordMeasurement", ["curl", "Python", "Go"]);

  const batch = await unfold(page, "recordBatch");
  await batch.locator(".opblock-section-request-body select").first().selectOption("text/csv");
  await batch.locator(".try-out__btn").click();
  await batch.locator('tr[data-param-name="dry_run"] select').selectOption("true");
  await batch.locator(".execute").click();
  await batch.locator(".live-responses-table .response").waitFor();
  await copies(batch, "recordBatch of CSV", ["curl", "Python", "Go"]);
  check(said.length === 0, `the console is silent ${said.slice(0, 3)}`);
  await context.close();
}

// guide runs the commands of the guide as the page shows them, against this service.
async function guide() {
  const { context, page } = await open(1280, "light");
  const commands = (await page.locator(".info .description pre").first().innerText()).replace(/^export TRACKER=.*$/m, `export TRACKER='${address}' KEY='${key}'`);
  let said;
  try {
    said = execFileSync("bash", ["-euc", commands], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (failed) {
    said = String(failed) + failed.stdout + failed.stderr;
  }
  const seen = ["qingzhou-2023-14-1", '"dry_run":true', '"outcome":"stored"', '"explain":'].filter((part) => !said.includes(part));
  check(seen.length === 0, `the commands of the guide work${seen.length ? `: no ${seen} in ${said.slice(0, 3000)}` : ""}`);
  await context.close();
}

// copies runs what the page gives to copy.
async function copies(operation, name, languages) {
  const run = {
    curl: (text) => execFileSync("bash", ["-c", text], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
    Python: (text) => execFileSync("python3", ["-c", text], { encoding: "utf8" }),
    Go: (text) => {
      const folder = mkdtempSync(join(tmpdir(), "page-"));
      try {
        writeFileSync(join(folder, "main.go"), text);
        return execFileSync("go", ["run", join(folder, "main.go")], { encoding: "utf8" });
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
  for (const language of languages) {
    await operation.locator(".request-snippets").getByText(language, { exact: true }).click();
    const text = await operation.locator(".request-snippets pre").innerText();
    let said;
    try {
      said = run[language](text);
    } catch (failed) {
      said = String(failed) + text;
    }
    const ok = /"outcome": ?"(stored|revised|unchanged)"/.test(said) && !said.includes('"outcome":"refused"');
    check(ok, `${name} as ${language}: ${said.slice(0, ok ? 60 : 2000)}`);
  }
}

for (const [width, scheme] of [[1280, "light"], [1280, "dark"], [375, "light"], [375, "dark"]]) {
  const { context, page, said } = await open(width, scheme);
  const of = `${width} px, ${scheme}`;
  if (pictures) await page.screenshot({ path: `${pictures}/${width}-${scheme}.png` });
  for (const id of ["listIndicators", "recordMeasurement", "recordBatch"]) {
    const b = await unfold(page, id);
    const tried = b.locator(".try-out__btn");
    if (id === "recordMeasurement") await tried.click();
    if (id === "recordBatch") await b.locator(".opblock-section-request-body select").first().selectOption("text/csv");
    await page.waitForTimeout(300);
    if (pictures) {
      await b.locator(".opblock-summary").evaluate((e) => e.scrollIntoView());
      await page.screenshot({ path: `${pictures}/${width}-${scheme}-${id}.png` });
    }
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(wide <= 0, `${of}: nothing stands out of the screen (${wide} px)`);
  const rules = await broken(page);
  for (const { id, nodes } of rules) {
    check(false, `${of}: axe ${id} on ${nodes.length}: ${[...new Set(nodes.map((n) => n.replace(/#[^ ]*=/g, "#…").replace(/:nth-child\(\d+\)/g, "")))].slice(0, 60).join("\n         ")}`);
  }
  check(rules.length === 0, `${of}: axe names ${rules.reduce((n, r) => n + r.nodes.length, 0)} nodes`);
  check(said.length === 0, `${of}: the console is silent ${said.slice(0, 3)}`);
  await page.goto(`${address}/swagger/errors.html`);
  if (pictures) await page.screenshot({ path: `${pictures}/${width}-${scheme}-errors.png` });
  const codes = await broken(page);
  check(codes.length === 0, `${of}: axe on the codes: ${JSON.stringify(codes).slice(0, 600)}`);
  const codesWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(codesWide <= 0, `${of}: the codes keep within the screen (${codesWide} px)`);
  await context.close();
}

await guide();
await use();
await browser.close();
process.exit(failures ? 1 : 0);
