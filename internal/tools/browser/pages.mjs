// The pages that are looked at, at a moment of the example year that never changes. One with a link
// is where that leads: the first of the page that has such an
// address; one that sends something is what that leads to.
const clocks = "on=2023-09-30&as_of=2023-10-20";
const plan = "plans/qingzhou-2023";

export const pages = [
  { name: "plans", path: `?${clocks}` },
  { name: "overview", path: `${plan}?${clocks}` },
  { name: "indicators", path: `${plan}/indicators?${clocks}&sort=gap` },
  { name: "indicator", path: `indicators/qingzhou-2023-14-1?${clocks}` },
  { name: "register", path: `${plan}/register?${clocks}` },
  { name: "task", path: `${plan}/tasks/1?${clocks}` },
  { name: "issues", path: `${plan}/issues?${clocks}` },
  { name: "issue", path: `${plan}/issues?${clocks}`, link: "/board/issues/" },
  { name: "notices", path: `${plan}/notices?${clocks}` },
  { name: "notice", path: `${plan}/notices?${clocks}`, link: "/board/notices/" },
  { name: "cycles", path: `${plan}/cycles?${clocks}` },
  { name: "cycle", path: `${plan}/cycles/2023-09?${clocks}` },
  { name: "assessment", path: `${plan}/assessment?${clocks}` },
  { name: "frozen", path: `${plan}/assessment`, link: `/board/${plan}/assessments/`, picture: false },
  { name: "bulletin", path: `${plan}/bulletin?period=2023-09&as_of=2023-10-20` },
  { name: "supervisor-notices", path: `${plan}/notices?${clocks}`, key: "supervisor", picture: false },
  { name: "supervisor-cycle", path: `${plan}/cycles/2023-09?${clocks}`, key: "supervisor", picture: false },
  { name: "import", path: "import", key: "admin" },
  { name: "review", path: `plans/donghe-2021-2025/review?state=confirmed`, key: "admin" },
  { name: "shares", path: `plans/yongning-2024/review`, key: "admin" },
  { name: "amendment", path: `plans/donghe-2021-2025/amendment`, key: "admin" },
  { name: "sign-in", path: "sign-in" },
  { name: "reporting", path: `reporting?plan=qingzhou-2023&agency=市工信局&on=2023-09-30`, key: "reporter" },
  { name: "report", path: "reporting/qingzhou-2023-14-1?period=2023-10", key: "reporter", picture: false },
  { name: "help", path: "help/guide/officials.zh.md", picture: false },
  { name: "batch", path: "upload", sends: "indicator,period,value\nnowhere,2023-10,1\n", key: "reporter", picture: false },
  { name: "problem", path: "plans/nowhere", status: 404 },
  { name: "upload", path: "upload", key: "reporter" },
];

export const looks = [
  { name: "desktop", options: { viewport: { width: 1280, height: 900 } } },
  { name: "phone", options: { viewport: { width: 375, height: 800 }, isMobile: true, hasTouch: true } },
  { name: "dark", options: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" } },
  { name: "print", options: { viewport: { width: 794, height: 1123 } }, media: "print" },
];
