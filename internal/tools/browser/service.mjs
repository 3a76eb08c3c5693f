// A service with the example plans, and a browser to look at it.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const program = process.env.TRACKER_PROGRAM;

// start starts a service on a port of its own and waits until it says where it is.
export async function start() {
  const folder = mkdtempSync(join(tmpdir(), "board-"));
  const database = join(folder, "tracker.db");
  const process = spawn(program, ["serve", "--demo", "--database", database, "--addr", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "ignore"] });
  const base = await new Promise((found, failed) => {
    let said = "";
    process.stdout.on("data", (text) => {
      said += text;
      const address = said.match(/(http:\/\/127\.0\.0\.1:\d+)\/board\//);
      if (address) found(address[1]);
    });
    process.on("exit", () => failed(new Error(`the service ended: ${said}`)));
  });
  return {
    base,
    // key makes a key, by the command line, and returns it.
    key(name, role, ...agencies) {
      const bound = agencies.flatMap((agency) => ["--agency", agency]);
      if (agencies.length > 0) bound.push("--jurisdiction", "青州市");
      const said = execFileSync(program, ["key", "create", "--database", database, "--name", name, "--role", role, ...bound], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
      return said.match(/trk_[a-z2-7]+_[A-Z2-7]+/)[0];
    },
    // plan imports a plan, by the command line.
    plan(code, file) {
      execFileSync(program, ["plan", "import", "--database", database, "--code", code, file], { stdio: "ignore" });
    },
    async stop() {
      process.kill("SIGTERM");
      await new Promise((ended) => process.once("exit", ended));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function browser() {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none", "--disable-lcd-text"] });
}

// watched is a page of a fresh browser profile, and what went wrong on it: errors of the
// console, and requests of other hosts.
export async function watched(opened, base, options = {}) {
  const context = await opened.newContext({ locale: "zh-CN", timezoneId: "Asia/Shanghai", viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => {
    // A form that was refused answers with a status of its own, which the browser logs.
    if (message.type() === "error" && !/status of (401|403|404|409|412|422)/.test(message.text())) wrong.push(message.text());
  });
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(base) && !/^(data|blob):/.test(request.url())) wrong.push(`asked ${request.url()}`);
  });
  page.on("dialog", (dialog) => {
    wrong.push(`dialog ${dialog.message()}`);
    dialog.dismiss();
  });
  return { page, context, wrong };
}

// signIn signs in with a key, by the form.
export async function signIn(page, base, key) {
  await page.goto(`${base}/board/sign-in`);
  await page.fill("input[name=key]", key);
  await page.click("main button");
  await page.waitForURL((url) => !url.pathname.endsWith("/sign-in"));
}
