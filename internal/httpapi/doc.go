// Package httpapi is the HTTP adapter: it decodes strictly, calls the use
// cases or reads the store, and writes wire types and RFC 9457 problems. All of
// echo lives here, so moving to another version of it touches this package
// alone.
//
// @title           指标跟踪服务 API · Indicator Tracker API
// @version         1.0
// @license.name    Apache-2.0
// @license.url     https://www.apache.org/licenses/LICENSE-2.0
// @BasePath        /
// @tag.name        plans
// @tag.description 计划：导入、审核、查阅 · Plans: import, review and read
// @tag.name        indicators
// @tag.description 指标：目标、单位、时限、责任单位 · Indicators: targets, units, deadlines, agencies
// @tag.name        progress
// @tag.description 进度：完成率、序时进度、状态、分期数据 · Progress: percent of target, pace, status, series
// @tag.name        measurements
// @tag.description 实绩：报送、批量报送、历史 · Measurements: reports, batches and their history
// @tag.name        loop
// @tag.description 管理闭环：台账、调度、问题、督办 · The plan's own loop: register, cycles, issues, notices
// @tag.name        assessment
// @tag.description 考核：方案、得分、定稿 · Assessment: schemes, points, official results
// @tag.name        agencies
// @tag.description 单位：名称、合并、承接、填报模板 · Agencies: names, mergers, successions, workbooks to fill in
// @tag.name        keys
// @tag.description 密钥：建立、更换、吊销、我是谁 · Keys: create, rotate, revoke, who am I
// @tag.name        webhooks
// @tag.description 推送：向其他系统通知变化 · Webhooks: tell other systems of changes
// @tag.name        audit
// @tag.description 审计：每次写入留痕 · Audit: a trace of every write
// @tag.name        service
// @tag.description 服务：健康、就绪、结构 · The service itself: health, readiness, structures
// @securityDefinitions.apikey BearerAuth
// @in              header
// @name            Authorization
// @description     粘贴密钥 `trk_…`，或整段 `Bearer trk_…`；以 `--public-read` 启动的服务，读取不需密钥。 Paste the key `trk_…`, or all of `Bearer trk_…`; a service started with `--public-read` answers reads without a key.
package httpapi
