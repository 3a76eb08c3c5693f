// What people do on the pages.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, signIn, start, watched } from "./service.mjs";

let service, opened;
before(async () => {
  service = await start();
  opened = await browser();
});
after(async () => {
  await opened?.close();
  await service?.stop();
});

// on opens a page of somebody, and holds it to no errors and no other hosts.
async function on(key, work) {
  const { page, context, wrong } = await watched(opened, service.base);
  try {
    if (key) await signIn(page, service.base, key);
    await work(page);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
}

const api = async (path) => (await fetch(`${service.base}/api/v1/${path}`)).json();

test("a reader filters a plan and reads the percent that the interface answers", async () => {
  await on(null, async (page) => {
    await page.goto(`${service.base}/`);
    assert.match(page.url(), /\/board\/$/);
    await page.click("text=青州市2023年绿色低碳高质量发展重点任务");
    await page.fill("input[name=on]", "2023-09-30");
    await page.selectOption("select[name=agency]", "市工信局");
    await page.click("form.filters button");
    await page.click("nav >> text=指标");
    await page.fill("input[name=on]", "2023-09-30");
    await page.fill("input[name=q]", "充电桩");
    await page.click("form.filters button");
    await page.click("tbody a >> text=新增公共充电桩数");
    const said = await api("indicators/qingzhou-2023-14-1/progress?on=2023-09-30");
    assert.equal(await page.textContent("#percent"), `${said.percent.toFixed(2)}%`);
    assert.equal(await page.locator("mark").textContent(), "新增公共充电桩221个");
    assert.equal(await page.locator("svg.chart circle.report").count(), 9);
  });
});

test("an agency reports, sees the caution, and corrects", async () => {
  await on(service.key("工信系统", "reporter", "市工信局"), async (page) => {
    await page.goto(`${service.base}/board/reporting?plan=qingzhou-2023`);
    await page.locator("tr", { hasText: "新增公共充电桩数" }).locator("a", { hasText: "更正" }).click();
    await page.fill("input[name=period]", "2023-12");
    await page.selectOption("select[name=basis]", "total");
    await page.fill("input[name=value]", "2230");
    // The page checks what is typed before it is sent.
    await page.locator("#checked", { hasText: "1009.05%" }).waitFor();
    assert.match(await page.textContent("#checked"), /⚠/);
    await page.click("button:has-text('报送')");
    await page.locator(".done", { hasText: "已更正" }).waitFor();
    assert.match(await page.textContent("main"), /1009\.05%/);
    await page.fill("input[name=period]", "2023-12");
    await page.fill("input[name=value]", "223");
    await page.click("button:has-text('报送')");
    await page.locator(".done", { hasText: "已更正" }).waitFor();
    const said = await api("indicators/qingzhou-2023-14-1/progress?on=2023-12-31");
    assert.equal(said.actual.value, 223);
    await page.fill("input[name=period]", "2023-13");
    await page.fill("input[name=value]", "1");
    await page.click("button:has-text('报送')");
    await page.locator("#refused", { hasText: "报告期" }).first().waitFor();
    assert.equal(await page.inputValue("input[name=value]"), "1", "what was typed is kept");
  });
});

test("signing out ends what the browser may do", async () => {
  const key = service.key("督查室", "supervisor");
  await on(key, async (page) => {
    const [cookie] = (await page.context().cookies()).filter((c) => c.name === "tracker_session");
    assert.ok(cookie.httpOnly && cookie.sameSite === "Lax");
    assert.ok(!cookie.value.includes(key));
    await page.click("button:has-text('退出')");
    assert.equal(await page.locator("text=登录").count(), 1);
    const again = await fetch(`${service.base}/api/v1/me`, { headers: { Authorization: `Bearer ${cookie.value}` } });
    assert.equal(again.status, 401);
    assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  });
});


test("a supervisor sends a notice, the agency answers, the supervisor closes it", async () => {
  const supervisor = service.key("督查室", "supervisor");
  const agency = service.key("工信系统", "reporter", "市工信局");
  let address;
  await on(supervisor, async (page) => {
    await page.goto(`${service.base}/board/plans/qingzhou-2023/notices`);
    const form = page.locator("details.act", { hasText: "下发督办单" }).first();
    await form.locator("summary").click();
    await form.locator("[name=title]").fill("关于加快充电桩建设的督办");
    await form.locator("[name=asked]").fill("说明原因，提出时间表。");
    await form.locator("[name=lead_agency]").fill("市工信局");
    await form.locator("[name=tasks]").fill("14");
    await form.locator("button").click();
    await page.locator("h1", { hasText: "关于加快充电桩建设的督办" }).waitFor();
    address = page.url().replace(/\?.*/, "");
  });
  await on(agency, async (page) => {
    await page.goto(address);
    await step(page, "签收");
    await step(page, "答复", { text: "全部点位已开工，月底前建成。" });
    assert.equal(await page.locator("details.act summary", { hasText: "销号" }).count(), 0, "the agency may not accept its own reply");
  });
  await on(supervisor, async (page) => {
    await page.goto(address);
    await step(page, "销号");
    await page.locator("dl.facts", { hasText: "已销号" }).waitFor();
    const id = address.split("/").pop();
    assert.equal((await api(`notices/${id}`)).state, "accepted");
  });
});

// step takes the step of this name, by its form.
async function step(page, name, fields = {}) {
  const form = page.locator("details.act", { has: page.locator("summary", { hasText: new RegExp(`^${name}`) }) }).first();
  await form.locator("summary").click();
  for (const [field, value] of Object.entries(fields)) await form.locator(`[name=${field}]`).fill(value);
  await form.locator("button").click();
  await page.locator(".done[role=status]").waitFor();
}

test("the bulletin of a month is printed", async () => {
  await on(null, async (page) => {
    await page.goto(`${service.base}/board/plans/qingzhou-2023/bulletin?period=2023-09`);
    await page.locator("h1", { hasText: "督查通报" }).waitFor();
    const said = await api("plans/qingzhou-2023/bulletin?period=2023-09");
    assert.match(await page.textContent("article"), new RegExp(`平均完成率 ${said.total.mean_percent}%`));
    const file = await page.pdf({ format: "A4" });
    assert.equal(file.subarray(0, 5).toString(), "%PDF-");
    const sheets = file.toString("latin1").match(/\/Type \/Page\b/g).length;
    assert.ok(sheets >= 1 && sheets <= 6, `${sheets} sheets`);
  });
});

test("an official imports a plan, corrects a draft, marks a missed number, and confirms the rest", async () => {
  const admin = service.key("管理员", "admin");
  const read = async (path) => (await fetch(`${service.base}/api/v1/${path}`, { headers: { Authorization: `Bearer ${admin}` } })).json();
  await on(admin, async (page) => {
    await page.goto(`${service.base}/board/import`);
    await page.fill("input[name=code]", "donghe-2024");
    await page.setInputFiles("input[type=file]", `${process.env.TRACKER_SOURCE}/testdata/plans/donghe-2024.docx`);
    await page.click("main button.main");
    await page.waitForURL(/\/plans\/donghe-2024\/review/);
    const before = (await read("plans/donghe-2024")).review;
    assert.ok(before.draft > 3, `${before.draft} drafts`);

    // Corrected by the keyboard: e opens the form of the first draft.
    await page.keyboard.press("j");
    await page.keyboard.press("e");
    const draft = page.locator(".draft").first();
    const code = (await draft.getAttribute("id")).slice(2);
    await draft.locator("input[name=name]").fill("改过的名称");
    await draft.locator("button[value=save_confirm]").click();
    await page.locator(".done[role=status]").waitFor();
    const corrected = await read(`indicators/${code}`);
    assert.deepEqual([corrected.name, corrected.state], ["改过的名称", "confirmed"]);

    // Marked in the text: a number that was not read is selected, and a adds it.
    const marked = await page.evaluate(() => {
      const unread = document.querySelector("#plantext a.unread, #plantext mark.warning");
      const range = document.createRange();
      range.selectNodeContents(unread);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      return unread.textContent;
    });
    await page.keyboard.press("a");
    const form = page.locator("#add form");
    await form.locator("input[name=name]").fill("标出的指标");
    await form.locator("input[name=value]").fill("7");
    await form.locator("input[name=unit]").fill("个");
    await form.locator("button[value=add]").click();
    await page.locator(".done[role=status]").waitFor();
    const added = (await read("indicators?plan=donghe-2024&limit=200")).items.find((one) => one.name === "标出的指标");
    assert.ok(added.source.quote.includes(marked.trim()), `${added.source.quote} is kept for ${marked}`);

    await page.locator("summary", { hasText: "确认其余全部" }).click();
    await page.click("button[value=rest]");
    await page.locator(".done[role=status]").waitFor();
    const after = (await read("plans/donghe-2024")).review;
    assert.deepEqual([after.draft, after.confirmed], [0, before.draft + 1]);
  });
});
