package httpapi_test

import (
	"strings"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/delivery"
	"github.com/indicator-tracker/tracker/internal/loop"
)

const webhookBody = `{"url":"https://hooks.invalid/tracker","events":["*"]}`

// webhookRequest prepares a request about a webhook that an admin's key would be served; there
// is never more than one.
func (a *api) webhookRequest(method, path, body string, header []string) func() answer {
	a.t.Helper()
	for _, w := range read[v1.WebhookPage](a.get("/api/v1/webhooks").want(200)).Items {
		a.send("DELETE", "/api/v1/webhooks/"+w.ID, "").want(204)
	}
	if strings.Contains(path, "{id}") {
		made := read[v1.WebhookCreated](a.post("/api/v1/webhooks", webhookBody).want(201))
		path = strings.NewReplacer("{id}", made.Webhook.ID, "{delivery}", "1").Replace(path)
	}
	return func() answer { return a.send(method, path, body, header...) }
}

// exampleWebhook is an address of an example with what it names: webhooks and their deliveries have
// ids that are given by chance, and a feed is there before it is revoked.
func (a *api) exampleWebhook(method, target string) string {
	a.t.Helper()
	if feed, found := strings.CutSuffix(target, "/calendar"); found && method == "DELETE" {
		a.post(feed+"/calendar", "").want(201)
	}
	if !strings.Contains(target, "wh_k3v7q2mxw4ab") {
		return target
	}
	made := read[v1.WebhookCreated](a.post("/api/v1/webhooks", webhookBody).want(201))
	target = strings.ReplaceAll(target, "wh_k3v7q2mxw4ab", made.Webhook.ID)
	if strings.Contains(target, "/1207/") {
		target = strings.ReplaceAll(target, "/1207/", "/"+a.delivered(made.Webhook.ID)+"/")
	}
	return target
}

// delivered has an event told to a webhook and gives the id of the delivery.
func (a *api) delivered(webhook string) string {
	a.t.Helper()
	err := a.db.WriteLoop(a.t.Context(), func(b loop.Book) error {
		_, _, err := b.Append(0, loop.Draft{Kind: loop.KindIssue, Type: "raised"})
		return err
	})
	if err != nil {
		a.t.Fatal(err)
	}
	a.dispatch()
	return read[v1.DeliveryPage](a.get("/api/v1/webhooks/" + webhook + "/deliveries").want(200)).Items[0].ID
}

// dispatch reads the logs for every webhook, and delivers nothing.
func (a *api) dispatch() {
	a.t.Helper()
	lagging, err := a.db.LaggingWebhooks(a.t.Context(), a.clock())
	if err != nil {
		a.t.Fatal(err)
	}
	for _, l := range lagging {
		if _, err := a.db.Dispatch(a.t.Context(), l.Webhook.ID, 100, 1000, delivery.Compose); err != nil {
			a.t.Fatal(err)
		}
	}
}
