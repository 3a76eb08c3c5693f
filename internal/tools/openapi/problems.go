package main

import (
	"encoding/json"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"
)

// problemExamples shows, for each status, a problem that a reader is likely to
// meet: one schema cannot carry them all.
var problemExamples = map[int]struct{ code, title, detail, field string }{
	400: {"invalid_parameter", "查询参数不正确", "应为 2023-09-30 这样的日期", "on"},
	401: {"unauthorized", "需要有效的密钥", "密钥无效、已过期或已吊销", ""},
	403: {"forbidden", "没有权限", "本密钥的角色不能进行此操作", ""},
	404: {"not_found", "资源不存在", "没有这个计划", ""},
	409: {"period_overlap", "报告期与已有实绩重叠", "2023-Q3 与已报的 2023-09 重叠", "/period"},
	412: {"precondition_failed", "记录已被他人修改", "当前版本为 2，请重新读取", ""},
	413: {"body_too_large", "请求体过大", "请求体最大 1048576 字节", ""},
	415: {"unsupported_media_type", "不支持的媒体类型", "请以 Content-Type: application/json 发送", ""},
	422: {"unit_mismatch", "计量单位量纲不符", "计量单位“吨”不能换算为“个”", "/unit"},
	428: {"precondition_required", "缺少 If-Match 请求头", "请在 If-Match 中给出读取时得到的 ETag", "If-Match"},
	429: {"rate_limited", "请求过于频繁", "每秒最多 200 个请求，请 1 秒后重试", ""},
	500: {"internal", "服务内部错误", "服务内部错误", ""},
	503: {"unavailable", "服务暂不可用", "数据库暂时无法访问，请稍后重试", ""},
}

// exemplify gives the problem of an error answer the example of its status,
// unless it has one.
func exemplify(status string, content openapi3.Content) {
	code, err := strconv.Atoi(status)
	example, known := problemExamples[code]
	media := content[mediaProblem]
	if err != nil || !known || media == nil || media.Example != nil || len(media.Examples) > 0 {
		return
	}
	media.Example = map[string]any{
		"type": "urn:tracker:problem:" + example.code, "title": example.title, "status": json.Number(status),
		"detail": example.detail, "code": example.code, "field": example.field, "measurement": nil, "request_id": "4X2Q7ZK5M3V6T1RB",
	}
}
