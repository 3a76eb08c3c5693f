package delivery

import (
	"context"
	"crypto/rand"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// Store is the storage of webhooks and feeds.
type Store interface {
	CreateWebhook(ctx context.Context, w loop.Webhook, most int) (loop.Webhook, error)
	Webhook(ctx context.Context, code string) (loop.Webhook, error)
	Webhooks(ctx context.Context, page indicator.Page) ([]loop.Webhook, int64, error)
	ChangeWebhook(ctx context.Context, code, action string, skip bool, change func(*loop.Webhook) error) (loop.Webhook, error)
	DeleteWebhook(ctx context.Context, code string) error
	Deliveries(ctx context.Context, code string, state loop.DeliveryState, page indicator.Page) ([]loop.Delivery, int64, error)
	Redeliver(ctx context.Context, code string, id int64) (loop.Delivery, error)
	Plan(ctx context.Context, code string) (indicator.Plan, error)
	CalendarStore
}

// Service carries out what is asked about webhooks and calendar feeds.
type Service struct {
	store    Store
	client   Doer
	policy   Policy
	now      func() time.Time
	settings Settings
	agendas  []Agenda
}

// New returns a service whose messages go through a client, and whose feeds have the dates of
// agendas beside those of indicators.
func New(store Store, client Doer, policy Policy, now func() time.Time, agendas ...Agenda) *Service {
	return &Service{store: store, client: client, policy: policy, now: now, settings: Defaults, agendas: agendas}
}

// MaxWebhooks is the most webhooks that there may be.
const MaxWebhooks = 50

// MaxGrace is the longest time for which messages are signed with a secret that was replaced.
const MaxGrace = 7 * 24 * time.Hour

// Create stores a webhook, with a secret of its own. It fails with fault.InvalidValue and
// fault.UnknownPlan at the field that cannot stand.
func (s *Service) Create(ctx context.Context, w loop.Webhook) (loop.Webhook, error) {
	if w.Format == "" {
		w.Format = loop.Plain
	}
	if err := s.check(ctx, w); err != nil {
		return loop.Webhook{}, err
	}
	w.Code, w.Secret = "wh_"+strings.ToLower(rand.Text()[:12]), NewSecret()
	return s.store.CreateWebhook(ctx, w, MaxWebhooks)
}

func (s *Service) check(ctx context.Context, w loop.Webhook) error {
	if err := s.checkURL(w.URL); err != nil {
		return err
	}
	if !slices.Contains(loop.Formats, w.Format) {
		_, err := indicator.ParseWord(string(w.Format), loop.Formats)
		return fault.At(err, "/format")
	}
	if len(w.Events) == 0 {
		return fault.Required("/events")
	}
	if len(w.Events) > 50 || len(w.Plans) > 50 {
		return fault.Newf(fault.InvalidValue, "事件与计划各最多 50 个；issue.* 表示一类，不写计划表示全部", "there may be 50 events and 50 plans; issue.* is a whole kind, and no plans are all").At("/events")
	}
	if len([]rune(w.Description)) > 200 || len(w.RobotSecret) > 200 {
		return fault.Newf(fault.InvalidValue, "最长 200 字", "there may be 200 characters").At("/description")
	}
	for i, pattern := range w.Events {
		if err := CheckPattern(pattern); err != nil {
			return fault.At(err, "/events/"+strconv.Itoa(i))
		}
	}
	for i, code := range w.Plans {
		if _, err := s.store.Plan(ctx, code); err != nil {
			if fault.Is(err, fault.NotFound) {
				return fault.Newf(fault.UnknownPlan, "没有计划 %s", "there is no plan %s", code).At("/plans/" + strconv.Itoa(i))
			}
			return err
		}
	}
	if w.RobotSecret != "" && w.Format != loop.DingTalk && w.Format != loop.Feishu {
		return fault.Newf(fault.InvalidValue, "只有钉钉和飞书机器人有加签密钥", "only robots of DingTalk and Feishu have such a secret: leave it out").At("/robot_secret")
	}
	return nil
}

// checkURL refuses an address that cannot be posted to. A name is judged when it is resolved.
func (s *Service) checkURL(text string) error {
	bad := func(zh, en string, args ...any) error {
		return fault.Newf(fault.InvalidValue, zh, en, args...).At("/url")
	}
	u, err := url.Parse(text)
	switch {
	case text == "":
		return fault.Required("/url")
	case err != nil || len(text) > 2000 || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https":
		return bad("应为 http 或 https 地址，最长 2000 字", "an http or https address of at most 2000 characters is expected")
	case u.User != nil || u.Fragment != "":
		return bad("地址中不能有用户名、密码或 #", "an address has no user, password or fragment")
	}
	port := uint64(443)
	if u.Scheme == "http" {
		port = 80
	}
	if u.Port() != "" {
		if port, err = strconv.ParseUint(u.Port(), 10, 16); err != nil || port == 0 {
			return bad("端口不正确", "the port is not one")
		}
	}
	if s.policy.Names(u.Hostname() + ":" + strconv.FormatUint(port, 10)) {
		return nil
	}
	address, err := netip.ParseAddr(u.Hostname())
	if err != nil {
		if strings.EqualFold(strings.TrimSuffix(u.Hostname(), "."), "localhost") {
			address = netip.AddrFrom4([4]byte{127, 0, 0, 1})
		} else {
			address = netip.AddrFrom4([4]byte{8, 8, 8, 8}) // so that its port is judged
		}
	}
	if err := s.policy.Check(netip.AddrPortFrom(address, uint16(port))); err != nil {
		return bad("不能推送到该地址（%s）；确需推送到内部地址时，以 serve --webhook-allow 启动服务", "webhooks may not reach it (%s); serve --webhook-allow lets them reach addresses of your own", err)
	}
	return nil
}

// Get returns a webhook. It fails with fault.NotFound, as the others do.
func (s *Service) Get(ctx context.Context, code string) (loop.Webhook, error) {
	return s.store.Webhook(ctx, code)
}

// List lists webhooks in the order of creation.
func (s *Service) List(ctx context.Context, page indicator.Page) ([]loop.Webhook, int64, error) {
	return s.store.Webhooks(ctx, page)
}

// Change lets a function change a webhook.
func (s *Service) Change(ctx context.Context, code string, change func(*loop.Webhook)) (loop.Webhook, error) {
	now, err := s.store.Webhook(ctx, code)
	if err != nil {
		return loop.Webhook{}, err
	}
	change(&now)
	if err := s.check(ctx, now); err != nil {
		return loop.Webhook{}, err
	}
	return s.store.ChangeWebhook(ctx, code, "webhook.changed", false, func(w *loop.Webhook) error {
		change(w)
		return nil
	})
}

// Disable stops a webhook by hand, as of now.
func (s *Service) Disable(w *loop.Webhook) {
	if w.DisabledAt.IsZero() {
		w.DisabledAt, w.DisabledWhy = s.now(), ByHand
	}
}

// Enable lets a webhook that was disabled go on: with what happened meanwhile, or, where skip is
// true, with what happens from now on. What was pending is sent in either case.
func (s *Service) Enable(ctx context.Context, code string, skip bool) (loop.Webhook, error) {
	return s.store.ChangeWebhook(ctx, code, "webhook.enabled", skip, func(w *loop.Webhook) error {
		w.DisabledAt, w.DisabledWhy, w.FailingSince = time.Time{}, "", time.Time{}
		return nil
	})
}

// Rotate gives a webhook another secret; messages are signed with the one before too for the grace.
func (s *Service) Rotate(ctx context.Context, code string, grace time.Duration) (loop.Webhook, error) {
	if grace < 0 || grace > MaxGrace {
		return loop.Webhook{}, fault.Newf(fault.InvalidParameter, "应为 0 至 %d 小时", "0 to %d hours are expected", int(MaxGrace.Hours())).At("grace_hours")
	}
	return s.store.ChangeWebhook(ctx, code, "webhook.rotated", false, func(w *loop.Webhook) error {
		w.Previous, w.PreviousUntil, w.Secret = w.Secret, s.now().Add(grace), NewSecret()
		return nil
	})
}

// Delete removes a webhook with its deliveries.
func (s *Service) Delete(ctx context.Context, code string) error {
	return s.store.DeleteWebhook(ctx, code)
}

// Deliveries lists the deliveries of a webhook, the newest first.
func (s *Service) Deliveries(ctx context.Context, code string, state loop.DeliveryState, page indicator.Page) ([]loop.Delivery, int64, error) {
	return s.store.Deliveries(ctx, code, state, page)
}

// Redeliver has a delivery sent again.
func (s *Service) Redeliver(ctx context.Context, code string, id int64) (loop.Delivery, error) {
	return s.store.Redeliver(ctx, code, id)
}

// Test sends a message at once, which is of no event and kept nowhere, and says what became of it:
// the status of HTTP, and why it did not arrive.
func (s *Service) Test(ctx context.Context, code string) (status int, failure string, err error) {
	w, err := s.store.Webhook(ctx, code)
	if err != nil {
		return 0, "", err
	}
	now := s.now()
	body := encoded(map[string]any{"type": "webhook.ping", "timestamp": now.UTC().Format(time.RFC3339Nano), "data": map[string]any{"webhook": w.Code}})
	if w.Format != loop.Plain {
		body = robotBody(w.Format, "推送测试", []string{"推送：" + w.Code, "时间：" + now.UTC().Format(time.RFC3339)})
	}
	ctx, cancel := context.WithTimeout(ctx, s.settings.Timeout)
	defer cancel()
	a := send(ctx, s.client, w, loop.Delivery{Event: "msg_" + strings.ToLower(rand.Text()), Body: body}, now)
	return a.status, a.failure, nil
}
