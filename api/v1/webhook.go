package v1

// WebhookRequest asks for a webhook.
type WebhookRequest struct {
	// URL is where events are posted to: http or https, an address of the public internet unless the service is told to allow another.
	URL         string `json:"url" minLength:"1" maxLength:"2000" example:"https://hooks.example.org/tracker"`
	Description string `json:"description,omitempty" maxLength:"200" example:"市政府督查室大屏"`
	// Events are types of events; issue.* is all of a kind, * is all.
	Events []string `json:"events" minItems:"1" maxItems:"50" example:"report.*,issue.raised"`
	// Plans are codes of plans; without them events of all plans are sent.
	Plans  []string `json:"plans,omitempty" maxItems:"50" example:"qingzhou-2023"`
	Format string   `json:"format,omitempty" extensions:"x-words=loop.Format" example:"plain"`
	// RobotSecret is that of a robot of DingTalk or Feishu which wants its messages signed.
	RobotSecret string `json:"robot_secret,omitempty" maxLength:"200" example:""`
} //@name WebhookRequest

// WebhookPatch changes a webhook; what is left out stays.
type WebhookPatch struct {
	URL         *string   `json:"url,omitempty" minLength:"1" maxLength:"2000" example:"https://hooks.example.org/tracker"`
	Description *string   `json:"description,omitempty" maxLength:"200" example:"督查室大屏"`
	Events      *[]string `json:"events,omitempty" minItems:"1" maxItems:"50" example:"notice.*"`
	// Plans that are empty stand for all plans.
	Plans       *[]string `json:"plans,omitempty" maxItems:"50" example:"qingzhou-2023"`
	Format      *string   `json:"format,omitempty" extensions:"x-words=loop.Format" example:"wecom"`
	RobotSecret *string   `json:"robot_secret,omitempty" maxLength:"200" example:""`
	// Disabled stops the webhook when it is true; POST …/enable starts it again.
	Disabled *bool `json:"disabled,omitempty" example:"true"`
} //@name WebhookPatch

// Webhook is an address that is told of what happens. What signs is not part of it.
type Webhook struct {
	ID          string   `json:"id" zh:"推送编号" example:"wh_k3v7q2mxw4ab"`
	URL         string   `json:"url" zh:"地址" example:"https://hooks.example.org/tracker"`
	Description string   `json:"description" zh:"说明" example:"市政府督查室大屏"`
	Events      []string `json:"events" zh:"事件" example:"report.*,issue.raised"`
	Plans       []string `json:"plans" zh:"计划" example:"qingzhou-2023"`
	Format      string   `json:"format" zh:"格式" extensions:"x-words=loop.Format" example:"plain"`
	CreatedBy   string   `json:"created_by" zh:"建立者" example:"k3v7q2mxw4ab"`
	CreatedAt   string   `json:"created_at" zh:"建立时刻" format:"date-time" example:"2023-08-02T01:30:00Z"`
	// PreviousUntil says how long messages are signed with the secret before the last rotation too.
	PreviousUntil *string `json:"previous_until" zh:"旧密钥有效至" format:"date-time" extensions:"x-nullable" example:"2023-10-09T02:15:00Z"`
	DisabledAt    *string `json:"disabled_at" zh:"停用时刻" format:"date-time" extensions:"x-nullable" example:"2023-10-09T02:15:00Z"`
	// DisabledReason is by_hand, gone (the receiver answered 410) or failing (nothing arrived for days).
	DisabledReason string `json:"disabled_reason" zh:"停用原因" example:"failing"`
	// FailingSince is the first attempt that failed since anything arrived.
	FailingSince *string `json:"failing_since" zh:"失败始于" format:"date-time" extensions:"x-nullable" example:"2023-10-06T02:15:00Z"`
} //@name Webhook

// WebhookCreated is a webhook with its secret, which cannot be had again.
type WebhookCreated struct {
	Webhook Webhook `json:"webhook"`
	Secret  string  `json:"secret" example:"whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="`
} //@name WebhookCreated

// WebhookPage is one page of webhooks.
type WebhookPage struct {
	Items []Webhook `json:"items"`
	// NextCursor is null on the last page.
	NextCursor *string `json:"next_cursor" extensions:"x-nullable" example:"MTQ"`
} //@name WebhookPage

// WebhookTest is what became of a message that was sent at once.
type WebhookTest struct {
	Delivered bool `json:"delivered" example:"true"`
	// Status is that of HTTP; 0 where nothing answered.
	Status int    `json:"status" example:"200"`
	Error  string `json:"error" example:""`
} //@name WebhookTest

// Delivery is one event on its way to one webhook.
type Delivery struct {
	ID string `json:"id" zh:"投递编号" example:"1207"`
	// Event is the webhook-id that the receiver sees.
	Event       string  `json:"event" zh:"事件编号" example:"msg_6c1f0d2ab9e84c0f9d2e7a51"`
	Type        string  `json:"type" zh:"事件类型" example:"report.stored"`
	Subject     string  `json:"subject" zh:"事由" example:"indicator:qingzhou-2023-14-1"`
	Seq         int64   `json:"seq" zh:"序号" example:"3"`
	State       string  `json:"state" zh:"状态" extensions:"x-words=loop.DeliveryState" example:"delivered"`
	Attempts    int     `json:"attempts" zh:"次数" example:"1"`
	LastStatus  int     `json:"last_status" zh:"最近状态码" example:"200"`
	LastError   string  `json:"last_error" zh:"最近错误" example:""`
	CreatedAt   string  `json:"created_at" zh:"形成时刻" format:"date-time" example:"2023-10-08T02:15:00Z"`
	NextAt      *string `json:"next_at" zh:"下次投递" format:"date-time" extensions:"x-nullable" example:"2023-10-08T02:15:00Z"`
	DeliveredAt *string `json:"delivered_at" zh:"送达时刻" format:"date-time" extensions:"x-nullable" example:"2023-10-08T02:15:01Z"`
} //@name Delivery

// DeliveryPage is one page of deliveries.
type DeliveryPage struct {
	Items []Delivery `json:"items"`
	// NextCursor is null on the last page.
	NextCursor *string `json:"next_cursor" extensions:"x-nullable" example:"MTQ"`
} //@name DeliveryPage

// CalendarAddress is where a calendar feed is, which cannot be had again.
type CalendarAddress struct {
	// Path is below the address of the service; whoever knows it can read the feed.
	Path string `json:"path" example:"/calendar/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics"`
} //@name CalendarAddress
