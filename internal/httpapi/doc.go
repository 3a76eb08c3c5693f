// Package httpapi is the HTTP adapter: it decodes strictly, calls the use
// cases or reads the store, and writes wire types and RFC 9457 problems. All of
// echo lives here, so moving to another version of it touches this package
// alone.
//
// @title           指标跟踪服务 API · Indicator Tracker API
// @version         1.0
// @description     把政府工作计划读成指标，接收各部门报送的实绩，精确计算任意日期的完成率与序时进度，并逐步说明依据。
// @description
// @description     Reads a government work plan into indicators, takes measurements from other systems, and computes percent of target and pace exactly, at any date, with the working.
// @description
// @description     **约定 · Conventions**: 数值精确，以十进制数字收发，也接受字符串 (exact decimals; strings are accepted too). 日期为 ISO 8601，时刻为 RFC 3339. 错误为 RFC 9457 problem，`code` 稳定，`field` 指出字段 (errors are problems with a stable `code` and the `field` at fault). `Accept-Language: en` 得到英文，默认中文. 列表用 `limit` 与不透明的 `cursor` 翻页，`next_cursor` 为 null 即末页.
// @license.name    Apache-2.0
// @license.url     https://www.apache.org/licenses/LICENSE-2.0
// @BasePath        /
// @securityDefinitions.apikey BearerAuth
// @in              header
// @name            Authorization
// @description     请求头 `Authorization: Bearer trk_…`；以 `--public-read` 启动的服务，读取不需密钥。 The header `Authorization: Bearer trk_…`; a service started with `--public-read` answers reads without a key.
// @tag.name        plans
// @tag.description 计划：导入与查阅 · Plans: import and read
// @tag.name        indicators
// @tag.description 指标：目标、单位、时限、责任单位 · Indicators: targets, units, deadlines, agencies
// @tag.name        measurements
// @tag.description 实绩：报送与历史 · Measurements: reports and their history
// @tag.name        progress
// @tag.description 进度：完成率、序时进度、状态 · Progress: percent of target, pace, status
// @tag.name        agencies
// @tag.description 单位：牵头与参与 · Agencies: leading and participating
// @tag.name        keys
// @tag.description 密钥：建立、更换、吊销（admin） · Keys: create, rotate, revoke (admins)
// @tag.name        service
// @tag.description 服务：健康与就绪 · The service itself
package httpapi
