// Asks the same of the service over HTTP, through `tracker mcp` over its database and through
// `tracker mcp` over its address, and holds the answers to those of the API.
import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [base, key, program, database] = process.argv.slice(2);
const headers = { Authorization: `Bearer ${key}` };
const code = "qingzhou-2023-14-1";

const ways = {
  "over HTTP": () => new StreamableHTTPClientTransport(new URL(`${base}/mcp`), { requestInit: { headers } }),
  "over the database": () =>
    new StdioClientTransport({ command: program, args: ["mcp", "--database", database, "--links", base], stderr: "inherit" }),
  "over the address": () =>
    new StdioClientTransport({ command: program, args: ["mcp", "--url", base], env: { TRACKER_KEY: key }, stderr: "inherit" }),
};

for (const [way, open] of Object.entries(ways)) {
  const client = new Client({ name: "check", version: "1" });
  await client.connect(open());
  const tools = (await client.listTools()).tools;
  assert.deepEqual(tools.map((t) => t.name).sort(), ["changes_since", "find_indicators", "progress", "series", "summary"]);
  for (const tool of tools) {
    assert.equal(tool.annotations.readOnlyHint, true);
    assert.equal(tool.inputSchema.additionalProperties, false);
  }

  const ask = async (name, args) => {
    const result = await client.callTool({ name, arguments: args });
    assert.ok(!result.isError, `${name}: ${result.content[0].text}`);
    const answer = result.structuredContent;
    assert.deepEqual(JSON.parse(result.content[0].text), answer);
    assert.ok(answer.as_of, `${name} has no moment`);
    // What the link leads to says the same.
    const there = await fetch(answer.url, { headers });
    assert.equal(there.status, 200, answer.url);
    const same = await there.json();
    const said = name === "changes_since" ? answer.measurements : answer;
    for (const [field, value] of Object.entries(same)) assert.deepEqual(said[field], value, `${name}: ${field}`);
    return answer;
  };

  const found = await ask("find_indicators", { q: "公共充电桩", plan: ["qingzhou-2023"] });
  assert.equal(found.items[0].code, code);
  const progress = await ask("progress", { indicator: [code], on: "2023-09-30", explain: true });
  assert.equal(progress.items[0].percent, 76.02);
  assert.equal(progress.on, "2023-09-30");
  assert.ok(progress.items[0].explain.steps.some((s) => s.includes("168 ÷ 221")));
  const summary = await ask("summary", { plan: "qingzhou-2023", group_by: ["section", "status"], on: "2023-09-30" });
  assert.equal(summary.total.count, 71);
  const series = await ask("series", { indicator: code, on: "2023-09-30", projection: true });
  assert.ok(series.items[0].periods.length >= 9);
  const changes = await ask("changes_since", { since: "2023-01-01T00:00:00Z", plan: "qingzhou-2023", limit: 5 });
  assert.equal(changes.measurements.items.length, 5);
  assert.equal(changes.indicators.items.length, 5);

  const refused = await client.callTool({ name: "progress", arguments: { on: "yesterday" } });
  assert.ok(refused.isError);
  assert.equal(refused.structuredContent.code, "invalid_parameter");
  assert.equal(refused.structuredContent.field, "on");
  await client.close();
  console.log(`${way}: ${tools.length} tools asked`);
}

await assert.rejects(
  new Client({ name: "check", version: "1" }).connect(
    new StreamableHTTPClientTransport(new URL(`${base}/mcp`), { requestInit: { headers: { Authorization: "Bearer trk_none_none" } } }),
  ),
);
console.log("a key that is none: let in nowhere");
