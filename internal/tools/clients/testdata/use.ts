// Compiled, never run: the generated types must describe what the service
// takes and gives.
import type { components, paths } from "./api";

type Report = components["schemas"]["MeasurementRequest"];
type Answer =
  paths["/api/v1/indicators/{code}/progress"]["get"]["responses"]["200"]["content"]["application/json"];
type Refusal =
  paths["/api/v1/measurements"]["post"]["responses"]["422"]["content"]["application/problem+json"];

export const asNumber: Report = { indicator: "qingzhou-2023-14-1", period: "2023-09", value: 168 };
export const asText: Report = { ...asNumber, value: "168.0", basis: "total" };

export const asShare: Report = { indicator: "qingzhou-2023-14-1", period: "2023-09", numerator: 455, denominator: "500" };

// @ts-expect-error a measurement without a period is refused
export const noPeriod: Report = { indicator: "qingzhou-2023-14-1", value: 168 };

export function say(answer: Answer): string {
  const percent: number | null = answer.percent;
  return percent === null ? `${answer.name}: ${answer.reason}` : `${answer.name}: ${percent}%`;
}

export function due(answer: Answer): string {
  const lacking: number | null = answer.shortfall === null ? null : answer.shortfall.value;
  const each: "week" | "month" | "quarter" | "half" | "year" | null = answer.each;
  return `${answer.direction} ${answer.course} ${each}: ${lacking}, ${answer.caution_details.map((c) => c.text)}`;
}

export function where(refusal: Refusal): string {
  return `${refusal.code} at ${refusal.field}`;
}
