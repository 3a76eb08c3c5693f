// A file of its own, because the page's content security policy allows no
// script inside HTML. validatorUrl stays null: the page asks no other host.
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const dress = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dress();
dark.addEventListener("change", dress);

// name gives what Swagger UI leaves without one a name for those who hear the page, lets keys reach
// what can be scrolled, and keeps tables tables.
function name() {
  const set = (selector, attribute, value) => {
    for (const element of document.querySelectorAll(selector)) {
      const given = typeof value === "function" ? value(element) : value;
      if (given && element.getAttribute(attribute) !== given) element.setAttribute(attribute, given);
    }
  };
  set(".information-container", "role", "region");
  set(".information-container", "aria-label", "说明 · Guide");
  set(".schemes", "aria-label", "服务地址与密钥 · Server and key");
  set(".models", "aria-label", "数据结构 · Schemas");
  set("#servers", "aria-label", "服务地址 · Server");
  set(".microlight, .headers-wrapper, .info pre", "tabindex", "0");
  const parameter = (element) => element.closest("tr").dataset.paramName;
  set("tr[data-param-name] :is(input, select, textarea)", "aria-label", parameter);
  set(".opblock-section-request-body :is(textarea, input)", "aria-label", "请求体 · Request body");
  for (const table of document.querySelectorAll("table[role=region]")) table.removeAttribute("role");
}

let waiting = false;
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    name();
  });
}).observe(document.getElementById("swagger-ui"), { childList: true, subtree: true });

SwaggerUIBundle({
  url: "../openapi.json",
  dom_id: "#swagger-ui",
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [TrackerPlugin],
  layout: "BaseLayout",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  defaultModelExpandDepth: 2,
  displayRequestDuration: true,
  filter: true,
  persistAuthorization: true,
  requestSnippetsEnabled: true,
  requestSnippets: {
    generators: {
      curl_bash: { title: "curl", syntax: "bash" },
      python: { title: "Python", syntax: "python" },
      go: { title: "Go", syntax: "go" },
    },
    defaultExpanded: true,
    languages: null,
  },
  validatorUrl: null,
});
