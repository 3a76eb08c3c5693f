// What the page changes of Swagger UI: nothing optional is filled in, the filter finds words of
// either language, a pasted "Bearer trk_…" is a key, and requests can be copied as curl, Python and
// Go. Functions without a page are also loaded by internal/tools/page/plugin.test.mjs.
(function (global) {
  "use strict";

  const inTexts = (media) => media.startsWith("text/") || media === "application/x-ndjson";

  // shown is an example or a default as a query would hold it.
  const shown = (value) => (Array.isArray(value) ? value.join(",") : String(value));

  // release takes the values off an optional parameter, which Swagger UI would send, and says them.
  function release(parameter) {
    if (parameter.required) return parameter;
    const { example, examples, schema = {}, ...rest } = parameter;
    const { default: usual, example: inner, ...bare } = schema;
    const items = bare.items && { ...bare.items };
    if (items) delete items.default;
    const notes = [];
    const instance = example ?? inner;
    if (instance !== undefined) notes.push("例 · e.g. `" + shown(instance) + "`");
    if (usual !== undefined) notes.push("默认 · default `" + shown(usual) + "`");
    const description = [rest.description, ...notes].filter(Boolean).join("  \n");
    return { ...rest, description, schema: items ? { ...bare, items } : bare };
  }

  // writable lets bodies that are text, and come with an example, be seen and typed; Swagger UI
  // takes what is binary as a file to choose.
  function writable(body) {
    if (!body || !body.content) return body;
    const content = {};
    for (const [media, of] of Object.entries(body.content)) {
      content[media] = inTexts(media) && of.example !== undefined ? { ...of, schema: { type: "string" } } : of;
    }
    return { ...body, content };
  }

  // forPage is the contract as the page shows it; the one that is served stays as it is.
  function forPage(spec) {
    if (!spec || !spec.paths) return spec;
    const paths = {};
    for (const [path, item] of Object.entries(spec.paths)) {
      paths[path] = {};
      for (const [method, operation] of Object.entries(item)) {
        paths[path][method] = {
          ...operation,
          ...(operation.parameters && { parameters: operation.parameters.map(release) }),
          ...(operation.requestBody && { requestBody: writable(operation.requestBody) }),
        };
      }
    }
    return { ...spec, paths };
  }

  // matches says whether every word of a phrase is in what an operation is known by.
  function matches(phrase, known) {
    const text = known.filter(Boolean).join(" ").toLowerCase();
    return phrase.toLowerCase().split(/\s+/).filter(Boolean).every((word) => text.includes(word));
  }

  // filterOperations keeps tags whose own words match, and of the others the operations that do.
  function filterOperations(tags, phrase) {
    return tags
      .map((tag, name) => {
        if (matches(phrase, [name, tag.getIn(["tagDetails", "description"])])) return tag;
        return tag.update("operations", (all) =>
          all.filter((o) =>
            matches(phrase, [
              o.get("method"),
              o.get("path"),
              o.getIn(["operation", "summary"]),
              o.getIn(["operation", "operationId"]),
            ]),
          ),
        );
      })
      .filter((tag) => tag.get("operations").size > 0);
  }

  // bareKey is the key in what was pasted, be it the whole header or its value.
  const bareKey = (pasted) =>
    String(pasted)
      .trim()
      .replace(/^authorization\s*:\s*/i, "")
      .replace(/^bearer\s+/i, "");

  const withBareKeys = (original) => (payload) => {
    const bare = {};
    for (const [name, auth] of Object.entries(payload)) {
      const text = typeof auth.value === "string";
      bare[name] = text ? { ...auth, value: bareKey(auth.value) } : auth;
    }
    return original(bare);
  };

  // asked reads a request as Swagger UI made it: headers in pairs, and the body as text, as a file
  // by its name, or as the parts of a form.
  function asked(request) {
    const headers = request.get("headers");
    const body = request.get("body");
    const isFile = (v) => Boolean(v) && typeof v === "object" && typeof v.name === "string";
    const form = Boolean(body) && typeof body === "object" && typeof body.entrySeq === "function";
    return {
      method: request.get("method").toUpperCase(),
      url: request.get("url"),
      headers: headers ? headers.entrySeq().toArray().filter(([name]) => !(form && name.toLowerCase() === "content-type")) : [],
      text: body === undefined || body === null || isFile(body) || form ? null : typeof body === "string" ? body : JSON.stringify(body),
      file: isFile(body) ? body.name : null,
      parts: form ? body.entrySeq().toArray().map(([name, value]) => [String(name), isFile(value) ? { file: value.name } : String(value)]) : null,
    };
  }

  // literal is a text that Python and Go both read as JSON writes it: \uD83D\uDE00 is the one
  // thing that they do not, so what is beyond the first plane stays as it is.
  const literal = (text) => JSON.stringify(text);

  const boundary = "----tracker-form";

  function asPython(request) {
    const r = asked(request);
    const lines = ["import urllib.error", "import urllib.request", ""];
    let data = "";
    const headers = [...r.headers];
    if (r.text !== null) {
      lines.push(`body = ${literal(r.text)}.encode()`);
      data = "data=body, ";
    } else if (r.file !== null) {
      lines.push(`body = open(${literal(r.file)}, "rb").read()`);
      data = "data=body, ";
    } else if (r.parts !== null) {
      lines.push('body = b""');
      for (const [name, value] of r.parts) {
        const file = typeof value === "object";
        const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file ? `; filename="${value.file}"` : ""}\r\n\r\n`;
        lines.push(`body += ${literal(head)}.encode() + ${file ? `open(${literal(value.file)}, "rb").read()` : `${literal(value)}.encode()`} + b"\\r\\n"`);
      }
      lines.push(`body += b"--${boundary}--\\r\\n"`);
      headers.push(["Content-Type", `multipart/form-data; boundary=${boundary}`]);
      data = "data=body, ";
    }
    lines.push(`request = urllib.request.Request(`, `    ${literal(r.url)},`, `    ${data}method=${literal(r.method)},`, "    headers={");
    for (const [name, value] of headers) lines.push(`        ${literal(name)}: ${literal(String(value))},`);
    lines.push(
      "    },",
      ")",
      "try:",
      "    with urllib.request.urlopen(request) as answer:",
      "        print(answer.status, answer.read().decode())",
      "except urllib.error.HTTPError as refused:",
      "    print(refused.code, refused.read().decode())",
    );
    return lines.join("\n");
  }

  function asGo(request) {
    const r = asked(request);
    const imports = ["fmt", "io", "net/http"];
    const before = [];
    const headers = r.headers.map(([name, value]) => `${literal(name)}, ${literal(String(value))}`);
    let body = "nil";
    if (r.text !== null) {
      imports.push("strings");
      body = `strings.NewReader(${literal(r.text)})`;
    } else if (r.file !== null) {
      imports.push("os");
      before.push(`body, err := os.Open(${literal(r.file)})`, ...failing, "defer body.Close()");
      body = "body";
    } else if (r.parts !== null) {
      imports.push("bytes", "mime/multipart");
      before.push("var body bytes.Buffer", "form := multipart.NewWriter(&body)");
      r.parts.forEach(([name, value], i) => {
        if (typeof value !== "object") {
          before.push(`form.WriteField(${literal(name)}, ${literal(value)})`);
          return;
        }
        if (!imports.includes("os")) imports.push("os");
        before.push(
          `file${i}, err := os.ReadFile(${literal(value.file)})`,
          ...failing,
          `part${i}, err := form.CreateFormFile(${literal(name)}, ${literal(value.file)})`,
          ...failing,
          `part${i}.Write(file${i})`,
        );
      });
      before.push("form.Close()");
      headers.push(`"Content-Type", form.FormDataContentType()`);
      body = "&body";
    }
    const lines = ["package main", "", "import (", ...imports.sort().map((name) => `\t${literal(name)}`), ")", "", "func main() {"];
    const main = [
      ...before,
      `request, err := http.NewRequest(${literal(r.method)}, ${literal(r.url)}, ${body})`,
      ...failing,
      ...headers.map((pair) => `request.Header.Set(${pair})`),
      "answer, err := http.DefaultClient.Do(request)",
      ...failing,
      "defer answer.Body.Close()",
      "text, err := io.ReadAll(answer.Body)",
      ...failing,
      "fmt.Println(answer.Status, string(text))",
    ];
    return [...lines, ...main.map((line) => "\t" + line), "}"].join("\n");
  }

  const failing = ["if err != nil {", "\tpanic(err)", "}"];

  const words = "按名称、路径或编号筛选 · Filter by words, path or operation id";

  // FilterContainer is the page's own field, with a name for those who hear the page.
  const FilterContainer = ({ specSelectors, layoutSelectors, layoutActions, React }) => {
    if (specSelectors.loadingStatus() !== "success") return null;
    const now = layoutSelectors.currentFilter();
    return React.createElement(
      "div",
      { className: "filter-container", role: "search" },
      React.createElement("input", {
        className: "operation-filter-input",
        type: "search",
        placeholder: words,
        "aria-label": words,
        value: typeof now === "string" ? now : "",
        onChange: (event) => layoutActions.updateFilter(event.target.value),
      }),
    );
  };

  function TrackerPlugin(system) {
    return {
      fn: {
        opsFilter: filterOperations,
        requestSnippetGenerator_python: asPython,
        requestSnippetGenerator_go: asGo,
      },
      wrapComponents: {
        // The path of an operation is within a button, where no link may be; that of a tag is not.
        DeepLink: (Original) => (props) =>
          props.path.includes("/") ? system.React.createElement("span", null, props.text) : system.React.createElement(Original, props),
      },
      components: {
        FilterContainer: (props) => FilterContainer({ ...props, React: system.React }),
      },
      statePlugins: {
        spec: { wrapActions: { updateJsonSpec: (original) => (spec) => original(forPage(spec)) } },
        auth: { wrapActions: { authorize: withBareKeys } },
      },
    };
  }

  global.TrackerPlugin = TrackerPlugin;
  global.TrackerPlugin.parts = { forPage, matches, bareKey, asPython, asGo };
})(typeof window === "undefined" ? globalThis : window);
